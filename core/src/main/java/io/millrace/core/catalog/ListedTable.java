package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** A table or view in a list. */
public record ListedTable(TableName name, boolean view, String comment) {
    public ListedTable {
        requireNonNull(name, "name");
        requireNonNull(comment, "comment");
    }
}
