package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.job.SnapshotPlanner.Plan;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes the savepoints that people ask for, looks at what attempts left behind, and deletes what is to go: the
 * {@link Reconciler} of the ledger. Everything that it must not forget is in the entries.
 *
 * <p>Rounds over entries of one job, and passes of the reconciler over it, may not run at the same time.
 */
public final class SnapshotKeeper {
    private static final int MOST_STEPS = 4;

    /** Within this time Flink has removed what an attempt that ended no longer needs of its checkpoints. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(10);

    private final SnapshotLedger ledger;
    private final AttemptStore jobs;
    private final FlinkCluster cluster;
    private final Clock clock;

    public SnapshotKeeper(SnapshotLedger ledger, AttemptStore jobs, FlinkCluster cluster, Clock clock) {
        this.ledger = requireNonNull(ledger, "ledger");
        this.jobs = requireNonNull(jobs, "jobs");
        this.cluster = requireNonNull(cluster, "cluster");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Goes as far with an entry as it can without waiting.
     *
     * @return whether anything changed
     * @throws LeaseLostException when another server has taken over
     * @throws io.millrace.core.error.MillraceException CLUSTER_UNAVAILABLE when there was no answer; nothing is lost
     */
    public boolean round(UUID id, Lease lease, Overview overview) {
        Optional<SnapshotEntry> first = ledger.find(id);
        Optional<SnapshotEntry> read = first;
        for (int step = 0; step < MOST_STEPS && read.isPresent(); step++) {
            if (!advance(read.get(), lease, overview)) {
                break;
            }
            read = ledger.find(id);
        }
        return !ledger.find(id).equals(first);
    }

    /** Marks what is no longer to be kept; what is referred to stays. */
    public void clean(Lease lease, int keep, Duration atLeast) {
        Instant now = clock.instant();
        ledger.surplus(lease.target(), keep, now.minus(atLeast)).forEach(id -> ledger.dispose(id, now));
    }

    /** One step; false when the next one has to wait for something. */
    private boolean advance(SnapshotEntry entry, Lease lease, Overview overview) {
        return switch (entry.phase()) {
            case INTENT, REQUESTED -> take(entry, lease, overview);
            case AVAILABLE -> look(entry, lease);
            case DISPOSING -> delete(entry, lease);
            case FAILED -> false;
        };
    }

    private boolean take(SnapshotEntry entry, Lease lease, Overview overview) {
        Optional<Attempt> live = jobs.load(entry.of().job())
                .flatMap(JobState::live)
                .filter(attempt -> attempt.number() == entry.of().attempt());
        Optional<FlinkJob> job = live.flatMap(attempt -> overview.find(attempt.flinkJobId()));
        List<Snapshot> there = cluster.snapshots(entry.directory());
        Plan plan = SnapshotPlanner.next(entry, live, job, there, clock.instant());
        return switch (plan.act()) {
            case NONE -> commit(lease, entry, plan);
            case SEND -> {
                cluster.savepoint(live.orElseThrow().flinkJobId(), entry.triggerId(), entry.directory());
                Failpoint.SNAPSHOT_AFTER_SENT.hit();
                commit(lease, entry, SnapshotPlanner.sent(entry, clock.instant()));
                Failpoint.SNAPSHOT_AFTER_REQUESTED.hit();
                yield false;
            }
            case POLL -> {
                StopAnswer answer = cluster.stopAnswer(live.orElseThrow().flinkJobId(), entry.triggerId());
                List<Snapshot> now = answer.progress() == StopAnswer.Progress.IN_PROGRESS
                        ? List.of()
                        : cluster.snapshots(entry.directory());
                yield commit(lease, entry, SnapshotPlanner.answered(entry, answer, now, clock.instant()));
            }
        };
    }

    private boolean commit(Lease lease, SnapshotEntry before, Plan plan) {
        if (plan.next().equals(before)) {
            return false;
        }
        boolean completes = plan.next().phase() == SnapshotPhase.AVAILABLE;
        if (completes) {
            Failpoint.SNAPSHOT_BEFORE_AVAILABLE.hit();
        }
        boolean done = ledger.commit(lease, before, Optional.of(plan.next()), plan.event());
        if (completes) {
            Failpoint.SNAPSHOT_AFTER_AVAILABLE.hit();
        }
        return done;
    }

    private boolean look(SnapshotEntry entry, Lease lease) {
        boolean settles = entry.origin() == SnapshotEntry.Origin.CHECKPOINT
                && entry.createdAt().plus(TO_SETTLE).isAfter(clock.instant());
        return entry.contents().isEmpty()
                && !settles
                && cluster.contents(entry.directory())
                        .map(found -> ledger.commit(lease, entry, Optional.of(entry.holding(found)), Optional.empty()))
                        .orElse(false);
    }

    /** What came to be referred to meanwhile is deleted later. */
    private boolean delete(SnapshotEntry entry, Lease lease) {
        if (!ledger.references(List.of(entry))
                .getOrDefault(entry.id(), Set.of())
                .isEmpty()) {
            return false;
        }
        if (entry.owned()) {
            cluster.delete(entry.directory());
        }
        Failpoint.DISPOSAL_AFTER_FILES.hit();
        String what = entry.owned() ? "Deleted " + entry.directory() + "." : "Forgot " + entry.directory() + ".";
        JobEvent event = SnapshotPlanner.event(entry, EventKind.SNAPSHOT_DISPOSED, what, clock.instant());
        ledger.commit(lease, entry, Optional.empty(), Optional.of(event));
        Failpoint.DISPOSAL_AFTER_END.hit();
        return false;
    }
}
