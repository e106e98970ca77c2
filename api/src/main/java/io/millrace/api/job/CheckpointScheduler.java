package io.millrace.api.job;

/** Who says when a streaming job's checkpoints begin. */
public enum CheckpointScheduler {
    /** Flink, at the interval that the job was submitted with. */
    FLINK,
    /** Millrace's server: interval and pauses change while the job runs. */
    SERVER
}
