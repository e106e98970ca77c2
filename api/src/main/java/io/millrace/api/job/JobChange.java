package io.millrace.api.job;

/** What an apply did, or would do. */
public enum JobChange {
    CREATED,
    UPDATED,
    UNCHANGED
}
