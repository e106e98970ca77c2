package io.millrace.core.lineage;

/** How a column has to do with another one, in the words of OpenLineage's column lineage facet. */
public enum LineageKind {
    /** The value as it is. */
    IDENTITY,
    /** Computed from the value of one row. */
    TRANSFORMATION,
    /** Computed from the values of several rows. */
    AGGREGATION,
    /** Decides which rows there are. */
    FILTER,
    /** Decides which rows are joined. */
    JOIN,
    /** Decides which rows are aggregated together. */
    GROUP_BY,
    /** Orders rows. */
    SORT,
    /** Orders, parts or delimits the rows of a window. */
    WINDOW,
    /** Chooses between values. */
    CONDITIONAL;

    /** Whether the value itself comes from the column. */
    public boolean isDirect() {
        return this == IDENTITY || this == TRANSFORMATION || this == AGGREGATION;
    }
}
