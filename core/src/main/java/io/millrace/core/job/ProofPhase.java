package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * How far a proof got.
 *
 * <pre>
 * SAVING → SUBMITTING → RUNNING → ENDING → OVER
 *    │         ├────────────│───────↑       ↑
 *    └─────────┴────────────┴───────────────┘
 * </pre>
 */
public enum ProofPhase {
    /** Nothing was sent. Until the snapshot is complete, or there will be none. */
    SAVING,
    /** Sent, or about to be. Until the cluster has it, or refuses it. */
    SUBMITTING,
    /** The cluster has it. Until all its tasks run, it fails or its time is over. */
    RUNNING,
    /** The verdict is there. Until the cluster has ended it. */
    ENDING,
    /** Nothing of it is left but the verdict. */
    OVER;

    private static final Map<ProofPhase, Set<ProofPhase>> NEXT = Map.of(
            SAVING, Set.of(SUBMITTING, OVER),
            SUBMITTING, Set.of(RUNNING, ENDING, OVER),
            RUNNING, Set.of(ENDING, OVER),
            ENDING, Set.of(OVER),
            OVER, Set.of());

    public boolean canBecome(ProofPhase next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
