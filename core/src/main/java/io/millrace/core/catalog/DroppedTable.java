package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/**
 * A table that was dropped.
 *
 * @param fetched whether its store dropped it too, so that there is nothing to restore
 * @param dropped who dropped it and when
 */
public record DroppedTable(TableId id, TablePath path, boolean view, boolean fetched, Change dropped) {
    public DroppedTable {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(dropped, "dropped");
    }
}
