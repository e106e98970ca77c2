package io.millrace.api.git;

/** What a pull does with a job. {@code LEFT}: its file is gone, and the job stays as it is. */
public enum GitJobChange {
    CREATED,
    UPDATED,
    UNCHANGED,
    LEFT
}
