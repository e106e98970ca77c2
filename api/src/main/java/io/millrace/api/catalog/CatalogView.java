package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A catalog.
 *
 * @param kind the kind of store behind it, such as {@code kafka}, {@code warehouse} or {@code postgres}
 * @param state as the server last saw it
 * @param unavailableSince since when the store has not answered
 * @param reason what it said, or why it said nothing
 */
public record CatalogView(
        String name,
        String kind,
        String comment,
        CatalogState state,
        @Nullable Instant unavailableSince,
        @Nullable String reason) {
    /** An older server says nothing of the state. */
    public CatalogView {
        state = state == null ? CatalogState.AVAILABLE : state;
    }

    /** A catalog whose store answers. */
    public CatalogView(String name, String kind, String comment) {
        this(name, kind, comment, CatalogState.AVAILABLE, null, null);
    }
}
