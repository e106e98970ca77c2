package io.millrace.core.catalog;

/** Where a column's values come from. */
public enum ColumnKind {
    /** Stored in the table. */
    PHYSICAL,
    /** Computed from the row by an expression. */
    COMPUTED,
    /** Read from what the connector knows of a record besides its payload. */
    METADATA
}
