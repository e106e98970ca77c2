package io.millrace.api.sql;

/** Where the execution of a statement stands. */
public enum SqlStatementState {
    /** Planned or running. */
    RUNNING,
    /** Ended by itself, or at a limit. */
    FINISHED,
    /** Ended by an error. */
    FAILED,
    /** Ended by the user. */
    CANCELED
}
