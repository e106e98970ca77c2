package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table that was dropped.
 *
 * @param fetched whether its store dropped it too, so that there is nothing to restore
 * @param location the folder of its own that the platform gave it, below the root of its store
 * @param dropped who dropped it and when
 */
public record DroppedTable(
        TableId id, TablePath path, boolean view, boolean fetched, Optional<String> location, Change dropped) {
    public DroppedTable {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(location, "location");
        requireNonNull(dropped, "dropped");
    }
}
