package io.millrace.server.job;

import io.millrace.core.error.Kind;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.JobId;
import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseLostException;
import io.millrace.core.job.Proof;
import io.millrace.core.job.ProofKeeper;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.Reconciler;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotKeeper;
import io.millrace.core.job.StraySweep;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.job.Todo;
import io.millrace.core.job.Work;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.Overview;
import io.millrace.core.target.TargetName;
import io.millrace.server.target.Target;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Looks after the jobs of one cluster: looks at the cluster once, then lets the reconciler work on every job that is
 * not as people want it. Level-triggered: a pass needs nothing but the rows and the cluster; waking only makes it
 * happen earlier.
 */
final class TargetLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TargetLoop.class);
    private static final int WORKERS = 4;

    /** After a wish or a change, for this long the cluster is looked at often. */
    private static final Duration EXCITED = Duration.ofSeconds(15);

    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration PROVE = Duration.ofSeconds(5);
    private static final Duration CLEAN = Duration.ofMinutes(1);

    /** A proof keeps no job waiting. */
    private record Proving(UUID proof) {}

    private final Target target;
    private final AttemptStore store;
    private final JobLoop.Keeping keeping;
    private final ProofStore proofs;
    private final ProofKeeper prover;
    private final Leadership leadership;
    private final Sightings sightings;
    private final JobLoop.Pace pace;
    private final Clock clock;
    private final Reconciler reconciler;
    private final StraySweep sweep;
    private final SnapshotKeeper keeper;
    private final Semaphore wakes = new Semaphore(0);
    private final Set<Record> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers;
    private final ExecutorService submitters;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Instant excitedUntil = Instant.EPOCH;
    private Instant sweptAt = Instant.EPOCH;
    private Instant provenAt = Instant.EPOCH;
    private Instant cleanedAt = Instant.EPOCH;
    private Instant assertedAt = Instant.EPOCH;
    private TargetSeen seen;

    TargetLoop(
            Target target,
            AttemptStore store,
            JobLoop.Care care,
            Leadership leadership,
            Sightings sightings,
            JobLoop.Pace pace,
            Clock clock) {
        this.target = target;
        this.store = store;
        this.keeping = care.keeping();
        this.proofs = care.proving().proofs();
        this.leadership = leadership;
        this.sightings = sightings;
        this.pace = pace;
        this.clock = clock;
        this.reconciler = new Reconciler(
                store, target.cluster(), target.submitter(), target.savepoints(), clock, UUID::randomUUID);
        this.sweep = new StraySweep(store, proofs, target.cluster(), clock);
        this.prover = new ProofKeeper(
                proofs,
                care.proving().kept(),
                target.cluster(),
                target.submitter(),
                care.proving().limit(),
                clock);
        this.keeper = new SnapshotKeeper(keeping.ledger(), store, target.cluster(), clock);
        this.seen = new TargetSeen(target.name(), "", 0, 0, Optional.empty(), Optional.empty());
        this.workers = Executors.newFixedThreadPool(WORKERS, task -> daemon(task, "job-worker-" + target.name()));
        this.submitters = Executors.newFixedThreadPool(WORKERS, task -> daemon(task, "job-submitter-" + target.name()));
        this.thread = daemon(this::run, "job-loop-" + target.name());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    TargetName target() {
        return target.name();
    }

    void start() {
        thread.start();
    }

    /** There is something to do. */
    void wake() {
        excitedUntil = clock.instant().plus(EXCITED);
        wakes.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        workers.shutdownNow();
        submitters.shutdownNow();
    }

    private void run() {
        while (!closed) {
            Duration wait = CALM;
            try {
                Optional<Lease> lease = leadership.lease(target.name());
                if (lease.isPresent()) {
                    wait = pass(lease.get());
                }
            } catch (LeaseLostException e) {
                leadership.lease(target.name()).ifPresent(leadership::lost);
            } catch (RuntimeException e) {
                LOG.warnf("Jobs on %s cannot be looked after at the moment: %s", target.name(), e.getMessage());
            }
            pause(wait);
        }
    }

    private void pause(Duration wait) {
        try {
            if (wakes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** One look at everything; answers how long to wait for the next. */
    private Duration pass(Lease lease) {
        Instant now = clock.instant();
        Overview overview;
        try {
            overview = sightings.look(target.cluster()::overview);
        } catch (MillraceException e) {
            unreachable(lease, now, e);
            return CALM;
        }
        reachable(lease, now, overview);
        sightings.tell(lease, overview);
        Todo todo = store.todo(target.name());
        List<Work> unsettled = unsettled(todo.jobs(), overview, now);
        List<SnapshotEntry> due = todo.snapshots() ? keeping.ledger().due(target.name()) : List.of();
        List<Proof> open = todo.proofs() ? proofs.open(target.name()) : List.of();
        boolean calm = unsettled.isEmpty() && due.isEmpty() && open.isEmpty();
        if (!calm && assertedAt.plus(CALM).isBefore(now)) {
            write(lease, now);
        }
        Map<JobId, List<BooleanSupplier>> rounds = new LinkedHashMap<>();
        unsettled.forEach(work -> rounds.computeIfAbsent(work.job(), job -> new ArrayList<>())
                .add(() -> reconciler.round(work.job(), lease, overview)));
        due.forEach(entry -> rounds.computeIfAbsent(entry.of().job(), job -> new ArrayList<>())
                .add(() -> keeper.round(entry.id(), lease, overview)));
        Set<JobId> absent = absent(unsettled, overview);
        rounds.forEach((job, some) -> dispatch(job, lease, some, absent.contains(job) ? submitters : workers));
        open.forEach(proof ->
                dispatch(new Proving(proof.id()), lease, List.of(() -> prover.round(proof.id(), lease)), submitters));
        tidy(lease, now, overview, todo.jobs());
        if (calm) {
            return pace.calm(target.name(), clock.instant());
        }
        return now.isBefore(excitedUntil) ? pace.fastInterval() : CALM;
    }

    private void tidy(Lease lease, Instant now, Overview overview, List<Work> work) {
        if (cleanedAt.plus(CLEAN).isBefore(now)) {
            cleanedAt = now;
            keeper.clean(lease, keeping.keep(), keeping.atLeast());
        }
        if (sweptAt.plus(SWEEP).isBefore(now)) {
            sweptAt = now;
            sweep.sweep(lease, overview, work);
        }
    }

    private List<Work> unsettled(List<Work> work, Overview overview, Instant now) {
        boolean prove = provenAt.plus(PROVE).isBefore(now);
        if (prove) {
            provenAt = now;
        }
        return work.stream()
                .filter(job -> !settled(job, overview) || (prove && !job.proven()))
                .toList();
    }

    private static boolean settled(Work work, Overview overview) {
        return work.settled()
                && work.attempt()
                        .flatMap(overview::find)
                        .map(FlinkJob::runsWholly)
                        .orElse(false);
    }

    /** Those that may have to wait for the gateway, which can hang; they do so apart from those that the cluster runs. */
    private static Set<JobId> absent(List<Work> unsettled, Overview overview) {
        return unsettled.stream()
                .filter(work -> work.attempt().flatMap(overview::find).isEmpty())
                .map(Work::job)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One thing after the other for each job, and for each proof. */
    private void dispatch(Record job, Lease lease, List<BooleanSupplier> rounds, Executor pool) {
        if (busy.add(job)) {
            pool.execute(() -> {
                try {
                    work(job, lease, rounds);
                } finally {
                    busy.remove(job);
                }
            });
        }
    }

    private void work(Record job, Lease lease, List<BooleanSupplier> rounds) {
        try {
            for (BooleanSupplier round : rounds) {
                if (round.getAsBoolean()) {
                    wake();
                }
            }
        } catch (LeaseLostException e) {
            leadership.lost(lease);
        } catch (MillraceException e) {
            if (e.code().kind() != Kind.UNAVAILABLE) {
                LOG.errorf(e, "%s cannot be looked after", job);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s cannot be looked after", job);
        }
    }

    private void reachable(Lease lease, Instant now, Overview overview) {
        if (seen.unknownSince().isPresent()) {
            LOG.infof("The cluster %s answers again.", target.name());
        }
        TargetSeen next = new TargetSeen(
                target.name(),
                overview.flinkVersion(),
                overview.slotsTotal(),
                overview.slotsFree(),
                Optional.of(now),
                Optional.empty());
        note(lease, now, next, seen.unknownSince().isPresent());
    }

    private void unreachable(Lease lease, Instant now, MillraceException why) {
        boolean newly = seen.unknownSince().isEmpty();
        if (newly) {
            LOG.warnf(
                    "The cluster %s does not answer; its jobs stay as last seen. %s", target.name(), why.getMessage());
        }
        TargetSeen next = new TargetSeen(
                target.name(),
                seen.flinkVersion(),
                seen.slotsTotal(),
                seen.slotsFree(),
                seen.seenAt(),
                Optional.of(seen.unknownSince().orElse(now)));
        note(lease, now, next, newly);
    }

    private void note(Lease lease, Instant now, TargetSeen next, boolean changed) {
        seen = next;
        if (changed) {
            write(lease, now);
        } else {
            sightings.soon(lease, next);
        }
    }

    /** Also asserts the lease, before anything is done. */
    private void write(Lease lease, Instant now) {
        assertedAt = now;
        sightings.now(lease, seen);
    }
}
