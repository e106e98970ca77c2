package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.MillraceException;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What turns one definition of a table into the next, by Iceberg's own schema evolution: columns keep their ids, so that
 * no data is rewritten and old snapshots stay readable. All of it is one commit.
 */
final class IcebergChanges {
    private final TablePath path;
    private final Table table;
    private final TableSpec before;
    private final TableSpec after;

    /** Names of columns in {@code after} that had another name before. */
    private final Map<String, String> oldNames = new HashMap<>();

    IcebergChanges(TablePath path, Table table, TableSpec before, TableSpec after) {
        this.path = path;
        this.table = table;
        this.before = before;
        this.after = after;
        findRenames();
    }

    /** CATALOG_UNSUPPORTED for what Iceberg does not do to a table that has data. */
    void commit() {
        if (!before.partitionKeys().equals(after.partitionKeys())) {
            throw refused("its partitioning cannot be changed from Flink");
        }
        Transaction transaction = table.newTransaction();
        boolean columns = changeColumns(transaction);
        boolean properties = changeProperties(transaction);
        if (columns || properties) {
            transaction.commitTransaction();
        }
    }

    /** Where columns went and as many came, between the same neighbours and with the same types, they were renamed. */
    private void findRenames() {
        Map<String, List<Column>> gone = strangers(before, after);
        strangers(after, before).forEach((neighbour, fresh) -> {
            List<Column> old = gone.getOrDefault(neighbour, List.of());
            if (types(old).equals(types(fresh))) {
                for (int i = 0; i < old.size(); i++) {
                    oldNames.put(fresh.get(i).name(), old.get(i).name());
                }
            }
        });
    }

    /** The columns that {@code other} has not, by the name of the column before them that it has. */
    private static Map<String, List<Column>> strangers(TableSpec spec, TableSpec other) {
        Map<String, List<Column>> strangers = new HashMap<>();
        String neighbour = "";
        for (Column column : spec.columns()) {
            if (named(other, column.name()).isPresent()) {
                neighbour = column.name();
            } else {
                strangers.computeIfAbsent(neighbour, key -> new ArrayList<>()).add(column);
            }
        }
        return strangers;
    }

    private static List<Optional<String>> types(List<Column> columns) {
        return columns.stream().map(Column::type).toList();
    }

    private boolean changeColumns(Transaction transaction) {
        if (before.columns().equals(after.columns()) && key(before).equals(key(after))) {
            return false;
        }
        UpdateSchema update = transaction.updateSchema();
        List<String> order = new ArrayList<>();
        for (Column column : before.columns()) {
            if (named(after, column.name()).isEmpty() && !oldNames.containsValue(column.name())) {
                refuseLosingKeyOrPartition(column.name());
                update.deleteColumn(column.name());
            } else {
                order.add(column.name());
            }
        }
        after.columns().forEach(column -> change(update, column, order));
        reorder(update, order);
        if (!key(before).equals(key(after))) {
            update.setIdentifierFields(key(after));
        }
        try {
            update.commit();
        } catch (IllegalArgumentException e) {
            throw refused(Objects.requireNonNullElse(e.getMessage(), "Iceberg refuses the change"));
        }
        return true;
    }

    private void change(UpdateSchema update, Column column, List<String> order) {
        Optional<Column> known = named(before, oldName(column));
        try {
            if (known.isEmpty()) {
                add(update, column);
                order.add(column.name());
                return;
            }
            changeType(update, known.get(), column);
            if (!known.get().comment().equals(column.comment())) {
                update.updateColumnDoc(known.get().name(), column.comment().orElse(null));
            }
            if (!known.get().name().equals(column.name())) {
                update.renameColumn(known.get().name(), column.name());
            }
        } catch (IllegalArgumentException e) {
            throw refused("column '" + column.name() + "': " + e.getMessage());
        }
    }

    private void add(UpdateSchema update, Column column) {
        FlinkType type = IcebergTables.flinkType(path, column);
        if (type.required()) {
            throw refused("a new column, '" + column.name()
                    + "', cannot be NOT NULL, because the rows that are there have" + " no value for it");
        }
        String doc = column.comment().orElse(null);
        update.addColumn(column.name(), iceberg(column, type), doc);
    }

    private void changeType(UpdateSchema update, Column known, Column column) {
        if (known.type().equals(column.type())) {
            return;
        }
        FlinkType was = IcebergTables.flinkType(path, known);
        FlinkType next = IcebergTables.flinkType(path, column);
        if (next.required() && !was.required()) {
            throw refused("column '" + column.name() + "' cannot become NOT NULL, because it may hold nulls");
        }
        // Nested ids are counted the same way on both sides.
        Type old = iceberg(known, was);
        Type wanted = iceberg(column, next);
        if (!old.equals(wanted)) {
            if (!wanted.isPrimitiveType()) {
                throw refused("the nested type of column '" + column.name() + "' cannot be changed");
            }
            update.updateColumn(known.name(), wanted.asPrimitiveType());
        }
        if (was.required() && !next.required()) {
            update.makeColumnOptional(known.name());
        }
    }

    private void reorder(UpdateSchema update, List<String> order) {
        for (int i = 0; i < after.columns().size(); i++) {
            String name = oldName(after.columns().get(i));
            if (order.get(i).equals(name)) {
                continue;
            }
            order.remove(name);
            order.add(i, name);
            if (i == 0) {
                update.moveFirst(name);
            } else {
                update.moveAfter(name, order.get(i - 1));
            }
        }
    }

    private boolean changeProperties(Transaction transaction) {
        Map<String, String> old = IcebergTables.properties(withOwnComment(before));
        Map<String, String> next = IcebergTables.properties(withOwnComment(after));
        if (old.equals(next)) {
            return false;
        }
        UpdateProperties update = transaction.updateProperties();
        Set<String> gone = new TreeSet<>(old.keySet());
        gone.removeAll(next.keySet());
        gone.forEach(update::remove);
        Map<String, String> set = new TreeMap<>(next);
        set.entrySet().removeAll(old.entrySet());
        set.forEach(update::set);
        update.commit();
        return true;
    }

    private TableSpec withOwnComment(TableSpec spec) {
        return new TableSpec(
                spec.columns(),
                spec.primaryKey(),
                spec.watermarks(),
                spec.partitionKeys(),
                spec.options(),
                IcebergTables.ownComment(table, spec.comment()),
                spec.view());
    }

    private void refuseLosingKeyOrPartition(String column) {
        boolean partition = table.spec().fields().stream()
                .anyMatch(field -> column.equals(table.schema().findColumnName(field.sourceId())));
        if (partition) {
            throw refused("column '" + column + "' partitions the table");
        }
    }

    private Type iceberg(Column column, FlinkType type) {
        AtomicInteger ids = new AtomicInteger();
        return IcebergTypes.toIceberg(type, ids::incrementAndGet)
                .orElseThrow(() -> refused("column '" + column.name() + "' cannot have type " + type));
    }

    private String oldName(Column column) {
        return oldNames.getOrDefault(column.name(), column.name());
    }

    private static Set<String> key(TableSpec spec) {
        return Set.copyOf(spec.primaryKey().map(PrimaryKey::columns).orElse(List.of()));
    }

    private static Optional<Column> named(TableSpec spec, String name) {
        return spec.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private MillraceException refused(String reason) {
        return CatalogFailures.unsupported("Table " + path + " is kept by Iceberg: " + reason + ".");
    }
}
