package io.millrace.api.client;

import io.millrace.api.Page;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks through all pages of a list. */
final class Pages {
    /** The most that a server gives at once. */
    static final int LARGEST = 1000;

    private Pages() {}

    static <T> List<T> all(Function<@Nullable String, Page<T>> fetch) {
        List<T> items = new ArrayList<>();
        String token = null;
        do {
            Page<T> page = fetch.apply(token);
            items.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        return List.copyOf(items);
    }
}
