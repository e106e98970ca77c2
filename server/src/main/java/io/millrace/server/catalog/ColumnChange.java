package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.TableSpec;

import java.util.List;
import java.util.Optional;

/**
 * What a change does to the columns of a table, by their names.
 *
 * @param kept as they were before, in their old order; so are {@code dropped}
 * @param added in their new order
 */
record ColumnChange(List<Column> kept, List<Column> dropped, List<Column> added, boolean isRename) {
    static ColumnChange between(TableSpec before, TableSpec after) {
        List<Column> kept = before.columns().stream()
                .filter(column -> named(after, column.name()).isPresent())
                .toList();
        List<Column> dropped = missing(before, after);
        List<Column> added = missing(after, before);
        boolean one = dropped.size() == 1 && added.size() == 1;
        return new ColumnChange(kept, dropped, added, one && isRename(before, after, dropped.get(0), added.get(0)));
    }

    static Optional<Column> named(TableSpec spec, String name) {
        return spec.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private static List<Column> missing(TableSpec here, TableSpec there) {
        return here.columns().stream()
                .filter(column -> named(there, column.name()).isEmpty())
                .toList();
    }

    /** One name differs, at the same place and with the same type: Flink changes nothing else in that statement. */
    private static boolean isRename(TableSpec before, TableSpec after, Column from, Column to) {
        return before.columns().indexOf(from) == after.columns().indexOf(to)
                && from.type().equals(to.type())
                && from.kind() == to.kind();
    }
}
