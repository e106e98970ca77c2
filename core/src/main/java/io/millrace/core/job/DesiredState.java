package io.millrace.core.job;

/** What people want of a job. What was seen is {@link ObservedState}. */
public enum DesiredState {
    /** It shall run: until it is finished, or people want otherwise. */
    RUNNING,
    /** It shall not run. */
    STOPPED
}
