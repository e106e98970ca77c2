package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A database of a catalog: a connection, a folder or a schema, depending on the catalog's kind.
 *
 * @param asOf when its store was last seen to have it, if the store does not answer now
 * @param unavailableSince since when what is behind it has not answered
 * @param reason what it said, or why it said nothing
 */
public record DatabaseView(
        String catalog,
        String name,
        String comment,
        @Nullable Instant asOf,
        @Nullable Instant unavailableSince,
        @Nullable String reason) {
    /** A database that is there now. */
    public DatabaseView(String catalog, String name, String comment) {
        this(catalog, name, comment, null, null, null);
    }
}
