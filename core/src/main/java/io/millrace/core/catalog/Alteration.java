package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a table is to become.
 *
 * @param columnIds the ids of columns by their new names, as far as the caller knows them; a renamed column keeps its
 *     identity only if it is named here, or if its store has a key for it
 * @param columnKeys what the store calls the columns across renames, by their new names; empty if it has nothing to say
 */
public record Alteration(
        TableName name, TableSpec spec, Map<String, Integer> columnIds, Map<String, String> columnKeys) {
    public Alteration {
        requireNonNull(name, "name");
        requireNonNull(spec, "spec");
        columnIds = Map.copyOf(columnIds);
        columnKeys = Map.copyOf(columnKeys);
    }

    public Alteration(TableName name, TableSpec spec, Map<String, Integer> columnIds) {
        this(name, spec, columnIds, Map.of());
    }

    /** Columns are told apart by their names. */
    public static Alteration of(TableName name, TableSpec spec) {
        return new Alteration(name, spec, Map.of());
    }

    /** The same with another specification of the same columns. */
    public Alteration with(TableSpec other) {
        return new Alteration(name, other, columnIds, columnKeys);
    }

    /** The same, as a store shows it that calls the columns so. */
    public Alteration keyed(Map<String, String> keys) {
        return new Alteration(name, spec, columnIds, keys);
    }
}
