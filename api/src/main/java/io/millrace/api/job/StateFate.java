package io.millrace.api.job;

/** What becomes of the state of one operator. */
public enum StateFate {
    KEPT,
    LOST,
    NEW,
    CHANGED
}
