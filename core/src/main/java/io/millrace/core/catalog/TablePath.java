package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** The full name of a table. */
public record TablePath(DatabasePath parent, TableName table) {
    public TablePath {
        requireNonNull(parent, "parent");
        requireNonNull(table, "table");
    }

    public static TablePath of(String catalog, String database, String table) {
        return DatabasePath.of(catalog, database).table(new TableName(table));
    }

    @Override
    public String toString() {
        return parent + "." + table;
    }
}
