package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table with its identity. Immutable; a change is a new value with the next version.
 *
 * @param version grows with each change of a registered table; a fingerprint of the structure for a fetched one
 * @param location where the platform put the table's data, below the catalog's root; given once, so that a rename keeps
 *     the data. Empty where the store has no such thing
 */
public record Table(TableId id, TablePath path, TableSpec spec, long version, Optional<String> location) {
    public Table {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(spec, "spec");
        requireNonNull(location, "location");
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
    }

    public TableRef ref() {
        return new TableRef(id, version);
    }

    public Table changed(TableName name, TableSpec next) {
        return new Table(id, path.parent().table(name), next, version + 1, location);
    }
}
