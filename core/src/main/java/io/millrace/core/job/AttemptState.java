package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * How far one execution got.
 *
 * <pre>
 * INTENT → SUBMITTING → SUBMITTED → ENDED
 *    └─────────┴──────────────────────↑
 * </pre>
 */
public enum AttemptState {
    /** Recorded, nothing was ever sent. Until the cluster is seen not to have it, or the wish is withdrawn. */
    INTENT,
    /** A submission was or may have been sent. Until the cluster shows the job, refuses it, or provably never had it. */
    SUBMITTING,
    /** The cluster took it. Until it ends there. */
    SUBMITTED,
    /** Over, with cause and evidence. For ever. */
    ENDED;

    private static final Map<AttemptState, Set<AttemptState>> NEXT = Map.of(
            INTENT, Set.of(SUBMITTING, SUBMITTED, ENDED),
            SUBMITTING, Set.of(SUBMITTED, ENDED),
            SUBMITTED, Set.of(ENDED),
            ENDED, Set.of());

    public boolean canBecome(AttemptState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
