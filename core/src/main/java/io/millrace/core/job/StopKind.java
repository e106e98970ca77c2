package io.millrace.core.job;

/** How a job is stopped. */
public enum StopKind {
    /** Flink takes a savepoint and the job finishes. */
    SAVEPOINT,
    /** Flink cancels the job; its last checkpoint stays. */
    CANCEL
}
