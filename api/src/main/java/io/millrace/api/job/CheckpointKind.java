package io.millrace.api.job;

/** How much a checkpoint writes. */
public enum CheckpointKind {
    /** What the job is configured to. */
    CONFIGURED,
    FULL,
    /** What changed since the last one, if the job's state backend can tell. */
    INCREMENTAL
}
