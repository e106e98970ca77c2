package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What changes of a connection; what is left out stays. Never prints its secrets.
 *
 * @param fields by key, as {@link ConnectionKindView} lists them; null removes one
 * @param secrets by key: a text, {@code {"env": NAME}} or {@code {"file": name}}; null removes the secret
 * @param comment an empty text removes it
 */
public record ConnectionPatch(
        @Nullable Map<String, @Nullable Object> fields,
        @Nullable Map<String, @Nullable Object> secrets,
        @Nullable String comment) {
    @Override
    public String toString() {
        return "ConnectionPatch[fields=" + fields + ", secrets=***, comment=" + comment + "]";
    }
}
