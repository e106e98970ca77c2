package io.millrace.core.job;

/** What the reconciler can do besides writing rows. What it needs for it is in the rows that were just written. */
enum Act {
    /** Nothing. */
    NONE,
    /** See whether what a new attempt would start from can be read. */
    PREPARE,
    /** Send the attempt to the cluster. */
    SUBMIT,
    /** Ask the cluster to stop the attempt, unless the savepoint is there already. */
    STOP,
    /** See what became of the stop. */
    POLL_STOP,
    /** The attempt is over or gone: collect everything that says how. */
    GATHER,
    /** See whether the attempt has completed a checkpoint. */
    PROVE,
    /** The same, and ask for one if there is none: the attempt's own next one may be hours away. */
    CHECKPOINT
}
