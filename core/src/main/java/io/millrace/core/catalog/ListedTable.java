package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A table or view in a list.
 *
 * @param asOf when its store was last seen to have it, if the store does not answer now
 */
public record ListedTable(TableName name, boolean view, String comment, Optional<Instant> asOf) {
    public ListedTable {
        requireNonNull(name, "name");
        requireNonNull(comment, "comment");
        requireNonNull(asOf, "asOf");
    }

    /** A table that is there now. */
    public ListedTable(TableName name, boolean view, String comment) {
        this(name, view, comment, Optional.empty());
    }
}
