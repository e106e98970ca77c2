package io.millrace.core.job;

/** Whether a job reads for ever or ends by itself. */
public enum JobMode {
    STREAMING,
    BATCH
}
