package io.millrace.core.job;

import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a savepoint of a running job is taken once, and found again whatever is lost. Pure.
 *
 * <pre>
 * record the entry with its own trigger id and directory (INTENT)
 * read the directory:       a savepoint lies there            → AVAILABLE
 * no savepoint there:       the attempt is over               → FAILED
 *                           the attempt runs wholly           → send the request, record REQUESTED
 *                           it does not for too long          → FAILED
 * ask what became of it, then read the directory:
 *                           savepoint                         → AVAILABLE
 *                           none, under way                   → later
 *                           none, failed or forgotten         → FAILED
 * </pre>
 */
final class SnapshotPlanner {
    /** How long an attempt may take until all its tasks run. */
    static final Duration TO_BEGIN = Duration.ofMinutes(5);

    private SnapshotPlanner() {}

    /** What the keeper does next. */
    enum Act {
        NONE,
        /** Ask the cluster for the savepoint, unless it is there already. */
        SEND,
        /** See what became of it. */
        POLL
    }

    /** One decision: write {@code next} if it is new, then act. */
    record Plan(Act act, SnapshotEntry next, Optional<JobEvent> event) {
        static Plan only(Act act, SnapshotEntry entry) {
            return new Plan(act, entry, Optional.empty());
        }
    }

    /**
     * @param live the attempt of which it is to be taken, if that is live
     * @param job what the cluster shows of the attempt
     * @param there what lies in the entry's directory, read after {@code live} was
     */
    static Plan next(
            SnapshotEntry entry, Optional<Attempt> live, Optional<FlinkJob> job, List<Snapshot> there, Instant now) {
        if (!there.isEmpty()) {
            return available(entry, there, now);
        }
        if (live.isEmpty()) {
            return failed(entry, "The attempt was over before the savepoint was complete.", now);
        }
        if (entry.phase() == SnapshotPhase.REQUESTED) {
            return Plan.only(Act.POLL, entry);
        }
        if (job.map(FlinkJob::runsWholly).orElse(false)) {
            return Plan.only(Act.SEND, entry);
        }
        boolean late = entry.createdAt().plus(TO_BEGIN).isBefore(now);
        return late
                ? failed(entry, "Not all tasks of the job ran for " + TO_BEGIN.toMinutes() + " minutes.", now)
                : Plan.only(Act.NONE, entry);
    }

    /** The request was sent, now or before a crash. */
    static Plan sent(SnapshotEntry entry, Instant now) {
        return Plan.only(Act.NONE, entry.become(SnapshotPhase.REQUESTED, "", now));
    }

    /** {@code there} is what lies in the entry's directory, read after the answer; it counts more. */
    static Plan answered(SnapshotEntry entry, StopAnswer answer, List<Snapshot> there, Instant now) {
        if (!there.isEmpty()) {
            return available(entry, there, now);
        }
        return switch (answer.progress()) {
            case IN_PROGRESS -> Plan.only(Act.NONE, entry);
            case COMPLETED ->
                failed(entry, "The cluster says that it is at " + answer.detail() + ", which cannot be read.", now);
            case FAILED -> failed(entry, "The savepoint failed: " + answer.detail(), now);
            case UNKNOWN -> failed(entry, "The cluster has forgotten the request; ask again.", now);
        };
    }

    private static Plan available(SnapshotEntry entry, List<Snapshot> there, Instant now) {
        Snapshot newest = there.get(there.size() - 1);
        return new Plan(
                Act.NONE,
                entry.available(newest, now),
                Optional.of(event(
                        entry, EventKind.SAVEPOINT_COMPLETED, "The savepoint is at " + newest.path() + ".", now)));
    }

    private static Plan failed(SnapshotEntry entry, String why, Instant now) {
        return new Plan(
                Act.NONE,
                entry.become(SnapshotPhase.FAILED, why, now),
                Optional.of(event(entry, EventKind.SAVEPOINT_FAILED, why, now)));
    }

    static JobEvent event(SnapshotEntry entry, EventKind kind, String reason, Instant now) {
        JobEvent event = JobEvent.of(now, kind, reason).by(Part.SNAPSHOTS.actor());
        return entry.of().attempt() == 0 ? event : event.about(entry.of().attempt());
    }
}
