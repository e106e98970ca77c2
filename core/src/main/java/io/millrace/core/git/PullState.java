package io.millrace.core.git;

/**
 * What became of a pull.
 *
 * <pre>
 * RUNNING → APPLIED | UNCHANGED | PLANNED | REFUSED | FAILED | INTERRUPTED
 * </pre>
 */
public enum PullState {
    /** It reads and checks. Until it ends, or its server is silent. */
    RUNNING,
    /** All jobs of the commit are written; at least one of them is new or changed. */
    APPLIED,
    /** The jobs were what the commit says already. */
    UNCHANGED,
    /** A dry run that found nothing wrong. */
    PLANNED,
    /** Something is wrong with the commit; nothing was changed. */
    REFUSED,
    /** The commit could not be read; nothing was changed. */
    FAILED,
    /** The server stopped, or the binding changed, in the middle; nothing was changed. */
    INTERRUPTED;

    /** Only what runs can become something else, and never something that runs. */
    public boolean canBecome(PullState next) {
        return this == RUNNING && next != RUNNING;
    }

    /** Whether there is something for people to mend. */
    public boolean bad() {
        return this == REFUSED || this == FAILED;
    }
}
