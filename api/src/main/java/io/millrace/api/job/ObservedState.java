package io.millrace.api.job;

/** What was last seen of a job. */
public enum ObservedState {
    IDLE,
    STARTING,
    RUNNING,
    RESTARTING,
    STOPPING,
    FINISHED,
    FAILED,
    NEEDS_DECISION
}
