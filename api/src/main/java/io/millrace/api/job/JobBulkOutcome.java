package io.millrace.api.job;

/** What became of one of many jobs. */
public enum JobBulkOutcome {
    /** It was done, or is on its way; in a dry run it would be. */
    DONE,
    /** It was so already. */
    UNCHANGED,
    REFUSED
}
