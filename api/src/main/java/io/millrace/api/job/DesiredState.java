package io.millrace.api.job;

/** What people want of a job. */
public enum DesiredState {
    RUNNING,
    STOPPED
}
