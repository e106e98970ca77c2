package io.millrace.api.job;

/** How far a checkpoint that was asked for has come. */
public enum CheckpointProgress {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    /** The cluster does not know the request: it forgets after five minutes, and when its JobManager restarts. */
    UNKNOWN
}
