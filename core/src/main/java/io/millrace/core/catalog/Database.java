package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A database of a catalog: a connection, a folder or a schema, depending on the catalog's kind.
 *
 * @param asOf when its store was last seen to have it, if the store does not answer now
 */
public record Database(DatabasePath path, String comment, Optional<Instant> asOf) {
    public Database {
        requireNonNull(path, "path");
        requireNonNull(comment, "comment");
        requireNonNull(asOf, "asOf");
    }

    /** A database that is there now. */
    public Database(DatabasePath path, String comment) {
        this(path, comment, Optional.empty());
    }

    public DatabaseName name() {
        return path.database();
    }
}
