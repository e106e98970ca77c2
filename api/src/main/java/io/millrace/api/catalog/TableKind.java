package io.millrace.api.catalog;

/** Whether rows are stored or computed on reading. */
public enum TableKind {
    TABLE,
    VIEW
}
