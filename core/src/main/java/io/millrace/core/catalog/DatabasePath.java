package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** The full name of a database. */
public record DatabasePath(CatalogName catalog, DatabaseName database) {
    public DatabasePath {
        requireNonNull(catalog, "catalog");
        requireNonNull(database, "database");
    }

    public static DatabasePath of(String catalog, String database) {
        return new DatabasePath(new CatalogName(catalog), new DatabaseName(database));
    }

    public TablePath table(TableName table) {
        return new TablePath(this, table);
    }

    public FunctionPath function(FunctionName function) {
        return new FunctionPath(this, function);
    }

    @Override
    public String toString() {
        return catalog + "." + database;
    }
}
