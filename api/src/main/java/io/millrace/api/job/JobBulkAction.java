package io.millrace.api.job;

/** What can be done to many jobs in one call. */
public enum JobBulkAction {
    START,
    STOP,
    DELETE,
    RESTORE,
    LABEL
}
