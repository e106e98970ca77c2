package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The content of a connection. Never prints its secrets.
 *
 * @param fields by key, as {@link ConnectionKindView} lists them
 * @param secrets by key: a text, {@code {"env": NAME}} or {@code {"file": name}}; null removes the secret, and one that is
 *     left out stays
 */
public record ConnectionSpec(
        @Nullable Map<String, Object> fields,
        @Nullable Map<String, @Nullable Object> secrets,
        @Nullable String comment) {
    @Override
    public String toString() {
        return "ConnectionSpec[fields=" + fields + ", secrets=***, comment=" + comment + "]";
    }
}
