package io.millrace.core.job;

import java.util.Map;
import java.util.Set;

/**
 * How far the replacement of a running version got.
 *
 * <pre>
 * REPLACING → VERIFYING → DONE
 *     │           └─────→ RETURNING → RETURNED
 *     │                       └─────→ DONE        it had made a checkpoint after all
 *     └→ FAILED
 * any open one → SUPERSEDED
 * </pre>
 */
public enum DeploymentPhase {
    /** The old version is being stopped, with a savepoint if it can be. */
    REPLACING,
    /** The new version is on its way or runs. Until it is proven, or does not become healthy. */
    VERIFYING,
    /** The new version is not healthy; the old one is being brought back. Until it runs. */
    RETURNING,
    /** The new version runs and has made a checkpoint. For ever. */
    DONE,
    /** The old version runs again. For ever: it is not tried a second time. */
    RETURNED,
    /** The old version was never stopped, and runs on. For ever. */
    FAILED,
    /** People wanted something else meanwhile. For ever. */
    SUPERSEDED;

    private static final Map<DeploymentPhase, Set<DeploymentPhase>> NEXT = Map.of(
            REPLACING, Set.of(VERIFYING, FAILED, SUPERSEDED),
            VERIFYING, Set.of(DONE, RETURNING, SUPERSEDED),
            RETURNING, Set.of(RETURNED, DONE, SUPERSEDED),
            DONE, Set.of(),
            RETURNED, Set.of(),
            FAILED, Set.of(),
            SUPERSEDED, Set.of());

    public boolean canBecome(DeploymentPhase next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean open() {
        return this == REPLACING || this == VERIFYING || this == RETURNING;
    }

    /** Whether the version that ran before is the one to run. */
    boolean back() {
        return this == RETURNING || this == RETURNED || this == FAILED;
    }
}
