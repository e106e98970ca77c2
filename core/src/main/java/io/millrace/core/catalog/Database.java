package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** A database of a catalog: a connection, a folder or a schema, depending on the catalog's kind. */
public record Database(DatabasePath path, String comment) {
    public Database {
        requireNonNull(path, "path");
        requireNonNull(comment, "comment");
    }

    public DatabaseName name() {
        return path.database();
    }
}
