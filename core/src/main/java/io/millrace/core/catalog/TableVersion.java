package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** One entry of a table's history: what it was from then on, and how it came to be so. */
public record TableVersion(long version, TableName name, TableSpec spec, ColumnIds columnIds, Change change) {
    public TableVersion {
        requireNonNull(name, "name");
        requireNonNull(spec, "spec");
        requireNonNull(columnIds, "columnIds");
        requireNonNull(change, "change");
    }
}
