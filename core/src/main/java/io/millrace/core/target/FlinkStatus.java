package io.millrace.core.target;

/** What Flink says of a job. The names are Flink's. */
public enum FlinkStatus {
    INITIALIZING,
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    RESTARTING,
    /** Given up by its JobManager, not by itself: not an end. */
    SUSPENDED,
    RECONCILING;

    /** Whether the job is over for good. */
    public boolean terminal() {
        return this == FAILED || this == CANCELED || this == FINISHED;
    }
}
