package io.millrace.api.catalog;

import static java.util.Objects.requireNonNull;

/** The full name of a table, whether there is one or not. */
public record TableKey(String catalog, String database, String table) {
    public TableKey {
        requireNonNull(catalog, "catalog");
        requireNonNull(database, "database");
        requireNonNull(table, "table");
    }
}
