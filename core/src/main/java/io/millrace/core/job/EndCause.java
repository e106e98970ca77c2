package io.millrace.core.job;

/** Why an attempt is over. */
public enum EndCause {
    /** It came to its end by itself. */
    FINISHED,
    /** We stopped it. */
    STOPPED,
    /** It failed for good. */
    FAILED,
    /** Somebody else cancelled it. */
    CANCELED,
    /** It was refused: the script cannot be planned, or the cluster does not take it. */
    REJECTED,
    /** The wish was withdrawn before it was sent, or before it arrived. */
    WITHDRAWN,
    /** The cluster no longer has it and nothing says how it ended. */
    LOST
}
