package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A table with its identity. Immutable; a change is a new value with the next version.
 *
 * @param columnIds the identities of the columns, in their order
 * @param version grows with each change, whether it was made here or seen in the store
 * @param location where the platform put the table's data, below the catalog's root; given once, so that a rename keeps
 *     the data. Empty where the store has no such thing
 * @param remoteKey how the store that knows the table's structure names it; empty for a registered table
 */
public record Table(
        TableId id,
        TablePath path,
        TableSpec spec,
        ColumnIds columnIds,
        long version,
        Optional<String> location,
        Optional<String> remoteKey) {
    public Table {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(spec, "spec");
        requireNonNull(columnIds, "columnIds");
        requireNonNull(location, "location");
        requireNonNull(remoteKey, "remoteKey");
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
        if (columnIds.inOrder().size() != spec.columns().size()) {
            throw new IllegalArgumentException(
                    "table " + path + " has " + spec.columns().size() + " columns and "
                            + columnIds.inOrder().size() + " ids of columns");
        }
    }

    /** A registered table in its first version. */
    public static Table registered(TableId id, TablePath path, TableSpec spec, Optional<String> location) {
        return new Table(id, path, spec, ColumnIds.first(spec.columns().size()), 1, location, Optional.empty());
    }

    /** A table of a store that has no keys of columns, as it was first seen. */
    public static Table fetched(TableId id, TablePath path, TableSpec spec, String remoteKey) {
        return fetched(id, path, spec, remoteKey, Map.of());
    }

    /** A table of a store, as it was first seen; {@code columnKeys} are by the columns' names. */
    public static Table fetched(
            TableId id, TablePath path, TableSpec spec, String remoteKey, Map<String, String> columnKeys) {
        ColumnIds ids =
                ColumnIds.first(spec.columns().size()).next(spec.columns(), spec.columns(), Map.of(), columnKeys);
        return new Table(id, path, spec, ids, 1, Optional.empty(), Optional.of(remoteKey));
    }

    public TableRef ref() {
        return new TableRef(id, version);
    }

    public Table changed(Alteration alteration) {
        return moved(path.parent().table(alteration.name()), alteration);
    }

    /** Changed, perhaps in another database: stores can move a table. */
    public Table moved(TablePath to, Alteration alteration) {
        TableSpec next = alteration.spec();
        ColumnIds ids = columnIds.next(spec.columns(), next.columns(), alteration.columnIds(), alteration.columnKeys());
        return new Table(id, to, next, ids, version + 1, location, remoteKey);
    }

    /** The same version, which the store now knows by another key. */
    public Table keyed(String key) {
        return new Table(id, path, spec, columnIds, version, location, Optional.of(key));
    }

    /** The same version as {@code now}, where columns have other comments or keys. */
    public Table amended(Table now) {
        return new Table(id, path, now.spec(), now.columnIds(), version, location, remoteKey);
    }

    /** Columns of which the store says by its keys that they have other names now: the new ones by the old ones. */
    public Map<String, String> renames(Map<String, String> columnKeys) {
        Map<String, String> names = new HashMap<>();
        columnKeys.forEach((name, key) -> names.put(key, name));
        Map<String, String> renames = new HashMap<>();
        for (int i = 0; i < spec.columns().size(); i++) {
            String old = spec.columns().get(i).name();
            String now = names.get(columnIds.keys().get(columnIds.inOrder().get(i)));
            if (now != null && !now.equals(old)) {
                renames.put(old, now);
            }
        }
        return renames;
    }
}
