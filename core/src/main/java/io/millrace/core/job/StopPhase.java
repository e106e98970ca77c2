package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * How far a stop got.
 *
 * <pre>
 * INTENT → REQUESTED → DONE | FAILED
 *    └───────────────→ DONE | FAILED
 * </pre>
 */
public enum StopPhase {
    /** Recorded; it may have been sent. Until the cluster took the request, or the job is over. */
    INTENT,
    /** The cluster took the request. Until the job is over, or the savepoint failed. */
    REQUESTED,
    /** The job is over because of it. For ever. */
    DONE,
    /** It did not stop the job. For ever: another try is another operation. */
    FAILED;

    private static final Map<StopPhase, Set<StopPhase>> NEXT = Map.of(
            INTENT, Set.of(REQUESTED, DONE, FAILED),
            REQUESTED, Set.of(DONE, FAILED),
            DONE, Set.of(),
            FAILED, Set.of());

    public boolean canBecome(StopPhase next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean open() {
        return this == INTENT || this == REQUESTED;
    }
}
