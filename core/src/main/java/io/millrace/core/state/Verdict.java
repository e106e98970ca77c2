package io.millrace.core.state;

/** Whether a job goes on with its state when it goes on with another plan. */
public enum Verdict {
    /** The plans are the same: all state is taken over. */
    IDENTICAL,

    /** The plans differ, and all state of the old one is taken over. What is new only reads or writes tables. */
    COMPATIBLE,

    /** Some state is taken over; some is dropped, or some operators begin empty. The findings name which. */
    PARTIAL,

    /** The state of an operator that is still there cannot be read by it any more, or no state is taken over at all. */
    INCOMPATIBLE,

    /** Nobody can tell: one of the plans is not known, or has operators of which nothing is known. */
    UNKNOWN
}
