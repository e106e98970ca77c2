package io.millrace.api.job;

/** How a snapshot came to be. */
public enum SnapshotOrigin {
    /** A savepoint with which an attempt was stopped. */
    STOP,
    /** A savepoint that people asked for while the job ran. */
    REQUEST,
    /** What an attempt left of its checkpoints. */
    CHECKPOINT,
    /** A savepoint that Millrace did not take. */
    IMPORT
}
