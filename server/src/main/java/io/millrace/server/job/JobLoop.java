package io.millrace.server.job;

import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.job.ProofKeeper;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.target.TargetName;
import io.millrace.server.target.Target;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks after jobs: one {@link TargetLoop} for each cluster, so that a cluster that hangs delays no other, and the leases
 * that let this server act on some of them.
 */
public final class JobLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobLoop.class);

    private final Pace pace;
    private final Leadership leadership;
    private final Sightings sightings;
    private final Map<TargetName, TargetLoop> loops;
    private final ScheduledExecutorService tender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "job-lease");
        thread.setDaemon(true);
        return thread;
    });

    /** How often to look, and when another server counts as silent. */
    public record Pace(Duration interval, Duration fastInterval, Duration lease) {
        /** By which names that differ little differ much: 2^32 divided by the golden ratio, as Knuth hashes. */
        private static final long SPREAD = 2_654_435_769L;

        /** Turns so close, in milliseconds, are taken together: to wake up for each costs more than to look. */
        private static final long TOGETHER = 200;

        /**
         * How long a cluster that needs nothing is left alone, up to a tenth longer than the interval. Each has a turn
         * within the interval, with few others, so that a server with many clusters never looks at all of them at once.
         */
        Duration calm(TargetName target, Instant now) {
            long length = interval.toMillis();
            long turn = Math.floorMod(target.value().hashCode() * SPREAD, length) / TOGETHER * TOGETHER;
            long wait = length - Math.floorMod(now.toEpochMilli() - turn, length);
            return Duration.ofMillis(wait < length / 10 ? wait + length : wait);
        }

        /** Often enough that a lease outlives a renewal that fails. */
        Duration tend() {
            return lease.dividedBy(4);
        }
    }

    /** The ledger of snapshots: how many of each job stay at least, and for how long every one does. */
    public record Keeping(SnapshotLedger ledger, int keep, Duration atLeast) {}

    /** What is looked after besides jobs. */
    public record Care(Keeping keeping, Proving proving) {}

    /** The proofs, what they read, and how long one may take. */
    public record Proving(ProofStore proofs, ProofKeeper.Kept kept, Duration limit) {}

    /** {@code watch} is told of each look at a cluster. */
    public JobLoop(
            AttemptStore store,
            LeaseStore leases,
            List<Target> targets,
            Care care,
            ClusterWatch watch,
            Pace pace,
            Clock clock) {
        String server = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        Set<TargetName> names = targets.stream().map(Target::name).collect(Collectors.toSet());
        this.pace = pace;
        this.leadership = new Leadership(leases, server, names, pace.lease());
        this.sightings = new Sightings(store::seen, leadership::lost, watch);
        this.loops = targets.stream()
                .map(target -> new TargetLoop(target, store, care, leadership, sightings, pace, clock))
                .collect(Collectors.toUnmodifiableMap(TargetLoop::target, Function.identity()));
    }

    /** Called once. */
    public void start() {
        // tend() catches what goes wrong.
        var unused = tender.scheduleWithFixedDelay(this::tend, 0, pace.tend().toMillis(), TimeUnit.MILLISECONDS);
        sightings.start();
        loops.values().forEach(TargetLoop::start);
    }

    private void tend() {
        try {
            leadership.tend().forEach(this::wake);
        } catch (RuntimeException e) {
            LOG.warnf("The leases could not be kept: %s", e.getMessage());
        }
    }

    /** There is something to do on a cluster. */
    public void wake(TargetName target) {
        TargetLoop loop = loops.get(target);
        if (loop != null) {
            loop.wake();
        }
    }

    /** The right to act on a cluster's jobs, if this server has it. */
    public Optional<Lease> lease(TargetName target) {
        return leadership.lease(target);
    }

    /** Stops looking; what runs on the clusters goes on. */
    @Override
    public void close() {
        tender.shutdownNow();
        loops.values().forEach(TargetLoop::close);
        sightings.close();
        try {
            leadership.leave();
        } catch (RuntimeException e) {
            LOG.warnf("Other servers take over when this one has been silent for a while: %s", e.getMessage());
        }
    }
}
