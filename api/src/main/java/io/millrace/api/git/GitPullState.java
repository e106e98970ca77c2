package io.millrace.api.git;

/** What became of a pull. Only {@code APPLIED} changed something. */
public enum GitPullState {
    RUNNING,
    APPLIED,
    UNCHANGED,
    PLANNED,
    REFUSED,
    FAILED,
    INTERRUPTED
}
