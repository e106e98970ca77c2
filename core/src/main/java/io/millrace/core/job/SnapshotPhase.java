package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * How far an entry of the ledger of snapshots got.
 *
 * <pre>
 * INTENT → REQUESTED → AVAILABLE → DISPOSING → (no entry)
 *    ├─────────┼──────────↑            ↑
 *    └─────────┴──→ FAILED ────────────┘
 * </pre>
 */
public enum SnapshotPhase {
    /** People asked for it; the request may have been sent. Until the cluster took it, or cannot any more. */
    INTENT,
    /** The cluster took the request. Until the savepoint is complete or failed. */
    REQUESTED,
    /** Complete when it was last looked at. Until it is to go. */
    AVAILABLE,
    /** There is none. Until what may lie in its folder is to go. */
    FAILED,
    /** Its files are being deleted. Until they are gone, and the entry with them. */
    DISPOSING;

    private static final Map<SnapshotPhase, Set<SnapshotPhase>> NEXT = Map.of(
            INTENT, Set.of(REQUESTED, AVAILABLE, FAILED),
            REQUESTED, Set.of(AVAILABLE, FAILED),
            AVAILABLE, Set.of(DISPOSING),
            FAILED, Set.of(DISPOSING),
            DISPOSING, Set.of());

    public boolean canBecome(SnapshotPhase next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether the cluster is still to take it. */
    public boolean open() {
        return this == INTENT || this == REQUESTED;
    }
}
