package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A table as the rest of the world names it: by the store and its place there, never with a password.
 *
 * @param namespace the store, such as {@code kafka://broker:9092}
 * @param name the place in it
 * @param fields the columns, if they are known
 */
public record Dataset(String namespace, String name, List<Field> fields) {
    public Dataset {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        fields = List.copyOf(fields);
    }

    /** A column. */
    public record Field(String name, String type) {
        public Field {
            requireNonNull(name, "name");
            requireNonNull(type, "type");
        }
    }
}
