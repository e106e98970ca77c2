package io.millrace.core.sql;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table or view that a statement reads or writes.
 *
 * @param ref {@code id@version} in the metastore; empty for temporary and inline tables
 */
public record TableUse(String catalog, String database, String name, Optional<String> ref, boolean temporary) {
    public TableUse {
        requireNonNull(catalog, "catalog");
        requireNonNull(database, "database");
        requireNonNull(name, "name");
        requireNonNull(ref, "ref");
    }
}
