package io.millrace.api;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Some items of a list.
 *
 * @param nextPageToken asks for the following items; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken) {
    public Page {
        items = List.copyOf(items);
    }
}
