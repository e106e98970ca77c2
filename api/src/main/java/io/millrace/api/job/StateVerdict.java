package io.millrace.api.job;

/** Whether a job goes on with its state when it goes on with another version. */
public enum StateVerdict {
    IDENTICAL,
    COMPATIBLE,
    PARTIAL,
    INCOMPATIBLE,
    UNKNOWN
}
