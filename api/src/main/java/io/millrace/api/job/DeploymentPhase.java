package io.millrace.api.job;

/** How far the replacement of a running version got. */
public enum DeploymentPhase {
    /** The old version is being stopped, with a savepoint if it can be. */
    REPLACING,
    /** The new version is on its way or runs, and is not proven: by ten seconds and a checkpoint. */
    VERIFYING,
    /** The new version is not healthy; the old one is being brought back. */
    RETURNING,
    /** The new version runs and has made a checkpoint. */
    DONE,
    /** The old version runs again. */
    RETURNED,
    /** The old version was never stopped, and runs on. */
    FAILED,
    /** People wanted something else meanwhile. */
    SUPERSEDED;

    /** Whether it is decided what runs in the end. */
    public boolean over() {
        return this != REPLACING && this != VERIFYING && this != RETURNING;
    }
}
