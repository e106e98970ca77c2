package io.millrace.dist.stack;

import java.util.Map;
import java.util.Set;

/**
 * What one process of the stack does.
 *
 * <pre>
 * WAITING → STARTING → UP ⇄ UNHEALTHY
 *              ↑  └────┴──────┤
 *              └─────── BACKING_OFF
 * STARTING, UP, UNHEALTHY → STOPPING → DOWN
 * any → DOWN
 * </pre>
 */
public enum PartState {
    /** Not started yet. Until what it needs answers. */
    WAITING,
    /** It runs and does not answer yet. Until its health check succeeds, or it dies, or takes too long. */
    STARTING,
    /** It runs and answers. Until it dies or three health checks in a row fail. */
    UP,
    /** It runs but does not answer any more. Until it answers again or dies. */
    UNHEALTHY,
    /** It died. Until the wait before the next start is over. */
    BACKING_OFF,
    /** It was asked to end. Until it is gone. */
    STOPPING,
    /** It does not run and nobody will start it. Until the next start of the whole stack. */
    DOWN;

    private static final Map<PartState, Set<PartState>> NEXT = Map.of(
            WAITING, Set.of(STARTING, DOWN),
            STARTING, Set.of(UP, BACKING_OFF, STOPPING, DOWN),
            UP, Set.of(UNHEALTHY, BACKING_OFF, STOPPING, DOWN),
            UNHEALTHY, Set.of(UP, BACKING_OFF, STOPPING, DOWN),
            BACKING_OFF, Set.of(STARTING, DOWN),
            STOPPING, Set.of(DOWN),
            DOWN, Set.of());

    public boolean canBecome(PartState next) {
        return NEXT.get(this).contains(next);
    }
}
