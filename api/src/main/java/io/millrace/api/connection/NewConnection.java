package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A connection to be made or tried. Never prints its secrets.
 *
 * @param name may be left out of what is only tried
 * @param kind such as {@code kafka}
 * @param fields by key, as {@link ConnectionKindView} lists them
 * @param secrets by key: a text, {@code {"env": NAME}} or {@code {"file": name}}
 */
public record NewConnection(
        @Nullable String name,
        @Nullable String kind,
        @Nullable Map<String, Object> fields,
        @Nullable Map<String, @Nullable Object> secrets,
        @Nullable String comment) {
    @Override
    public String toString() {
        return "NewConnection[name=" + name + ", kind=" + kind + ", fields=" + fields + ", secrets=***, comment="
                + comment + "]";
    }
}
