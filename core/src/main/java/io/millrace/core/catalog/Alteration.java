package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a table is to become.
 *
 * @param columnIds the ids of columns by their new names, as far as the caller knows them; a renamed column keeps its
 *     identity only if it is named here
 */
public record Alteration(TableName name, TableSpec spec, Map<String, Integer> columnIds) {
    public Alteration {
        requireNonNull(name, "name");
        requireNonNull(spec, "spec");
        columnIds = Map.copyOf(columnIds);
    }

    /** Columns are told apart by their names. */
    public static Alteration of(TableName name, TableSpec spec) {
        return new Alteration(name, spec, Map.of());
    }

    /** The same with another specification of the same columns. */
    public Alteration with(TableSpec other) {
        return new Alteration(name, other, columnIds);
    }
}
