package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** The full name of a function. */
public record FunctionPath(DatabasePath parent, FunctionName function) {
    public FunctionPath {
        requireNonNull(parent, "parent");
        requireNonNull(function, "function");
    }

    public static FunctionPath of(String catalog, String database, String function) {
        return DatabasePath.of(catalog, database).function(new FunctionName(function));
    }

    @Override
    public String toString() {
        return parent + "." + function;
    }
}
