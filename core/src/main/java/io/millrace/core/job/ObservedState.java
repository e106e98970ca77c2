package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * What was last seen of a job. What people want is {@link DesiredState}.
 *
 * <pre>
 * IDLE → STARTING → RUNNING ⇄ RESTARTING ← STARTING
 *
 * STARTING, RUNNING, RESTARTING → STOPPING, FINISHED, FAILED, NEEDS_DECISION
 * STARTING, RUNNING, RESTARTING → IDLE                  gone before the stop was sent
 * STOPPING                      → IDLE, FINISHED        it is over
 * STOPPING                      → RUNNING               the stop did not come off
 * FINISHED, FAILED, NEEDS_DECISION → STARTING           started again
 * FAILED, NEEDS_DECISION        → IDLE                  put to rest
 * IDLE, FAILED                  → NEEDS_DECISION        what it would go on from is missing
 * </pre>
 */
public enum ObservedState {
    /** Nothing runs. Until people want it to run and the intent to submit is recorded. */
    IDLE,
    /** Submitted, or about to be. Until all tasks run, or it is refused, or people want it stopped. */
    STARTING,
    /** All tasks run. Until it ends, loses a task, or people want it stopped. */
    RUNNING,
    /** It ran and is being brought back, by Flink or by Millrace. Until all tasks run again, or it gives up. */
    RESTARTING,
    /** The stop is recorded and sent. Until the cluster has ended the job, or the stop failed. */
    STOPPING,
    /** It came to its end by itself. Until people start it again. */
    FINISHED,
    /** It gave up; the reason is recorded. Until people start it again or put it to rest. */
    FAILED,
    /** Going on could lose or double data, so people must say how. Until they do. */
    NEEDS_DECISION;

    private static final Map<ObservedState, Set<ObservedState>> NEXT = Map.of(
            IDLE, Set.of(STARTING, NEEDS_DECISION),
            STARTING, Set.of(IDLE, RUNNING, RESTARTING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
            RUNNING, Set.of(IDLE, RESTARTING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
            RESTARTING, Set.of(IDLE, RUNNING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
            STOPPING, Set.of(IDLE, RUNNING, FINISHED),
            FINISHED, Set.of(STARTING),
            FAILED, Set.of(STARTING, IDLE, NEEDS_DECISION),
            NEEDS_DECISION, Set.of(STARTING, IDLE));

    public boolean canBecome(ObservedState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether only people move the job on from here. */
    public boolean parked() {
        return this == FINISHED || this == FAILED || this == NEEDS_DECISION;
    }
}
