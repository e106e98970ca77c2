package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A primary key, not enforced by Flink. */
public record PrimaryKey(String name, List<String> columns) {
    public PrimaryKey {
        requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }
}
