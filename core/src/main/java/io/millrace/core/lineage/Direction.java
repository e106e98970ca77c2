package io.millrace.core.lineage;

/** Which way to walk. */
public enum Direction {
    /** To what it comes from. */
    UPSTREAM,
    /** To what comes of it. */
    DOWNSTREAM,
    BOTH
}
