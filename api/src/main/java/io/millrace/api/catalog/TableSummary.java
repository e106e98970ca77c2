package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A table in a list.
 *
 * @param asOf when its store was last seen to have it, if the store does not answer now
 */
public record TableSummary(
        String name,
        TableKind kind,
        String comment,
        @Nullable Instant asOf) {
    /** A table that is there now. */
    public TableSummary(String name, TableKind kind, String comment) {
        this(name, kind, comment, null);
    }
}
