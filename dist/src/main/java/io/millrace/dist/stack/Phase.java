package io.millrace.dist.stack;

import java.util.Map;
import java.util.Set;

/**
 * Where a stack is, as its supervisor wrote it.
 *
 * <pre>
 * STARTING → UP → STOPPING → DOWN
 *    └────────────→ STOPPING → FAILED
 * any → DOWN, when somebody cleans up after a supervisor that died; a new start begins a new record
 * </pre>
 */
public enum Phase {
    /** Nothing runs. Until somebody calls {@code up}. */
    DOWN,
    /** The supervisor starts the processes. Until all answer, or one fails, or somebody stops it. */
    STARTING,
    /** All processes answered once. Until somebody stops it. */
    UP,
    /** The supervisor stops the processes. Until none is left. */
    STOPPING,
    /** The start failed, the record has the reason, and nothing was left running. Until the next {@code up}. */
    FAILED;

    private static final Map<Phase, Set<Phase>> NEXT = Map.of(
            STARTING, Set.of(UP, STOPPING, DOWN),
            UP, Set.of(STOPPING, DOWN),
            STOPPING, Set.of(DOWN, FAILED),
            FAILED, Set.of(DOWN),
            DOWN, Set.of());

    public boolean canBecome(Phase next) {
        return NEXT.get(this).contains(next);
    }
}
