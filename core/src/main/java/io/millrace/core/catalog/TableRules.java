package io.millrace.core.catalog;

import io.millrace.core.error.Flaw;
import io.millrace.core.error.Nearest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the parts of a table fit together. Pure; says everything that is wrong at once. */
public final class TableRules {
    private static final int MAX_COLUMNS = 10_000;
    private static final int MAX_OPTIONS = 200;

    private TableRules() {}

    /** What is wrong with a table whatever its connector is. */
    public static List<Flaw> check(TableSpec spec) {
        List<Flaw> flaws = new ArrayList<>();
        if (spec.columns().isEmpty()) {
            flaws.add(Flaw.at("/columns", "A table needs at least one column."));
        }
        if (spec.columns().size() > MAX_COLUMNS || spec.options().size() > MAX_OPTIONS) {
            flaws.add(Flaw.at(
                    "/columns", "A table has at most " + MAX_COLUMNS + " columns and " + MAX_OPTIONS + " options."));
        }
        checkColumns(spec, flaws);
        if (spec.isView()) {
            checkView(spec, flaws);
        } else {
            checkReferences(spec, flaws);
        }
        return flaws;
    }

    /** What is wrong with a table of this connector, its options apart. */
    public static List<Flaw> check(TableSpec spec, ConnectorDescriptor connector) {
        List<Flaw> flaws = new ArrayList<>();
        TableShape shape = connector.tables();
        boolean hasKey = spec.primaryKey().isPresent();
        Collection<String> values = connector.withDefaults(spec.options()).values();
        if (shape.primaryKey() == TableShape.KeyRule.REQUIRED && !hasKey) {
            flaws.add(Flaw.at(
                    "/primaryKey", "A table of '" + connector.connector() + "' needs a primary key.", shape.keyHint()));
        }
        boolean formatFits =
                shape.keyFormats().isEmpty() || shape.keyFormats().stream().anyMatch(values::contains);
        if (hasKey && (shape.primaryKey() == TableShape.KeyRule.FORBIDDEN || !formatFits)) {
            flaws.add(Flaw.at(
                    "/primaryKey", "A table of '" + connector.connector() + "' has no primary key.", shape.keyHint()));
        }
        if (!shape.partitions() && !spec.partitionKeys().isEmpty()) {
            flaws.add(Flaw.at(
                    "/partitionKeys",
                    "A table of '" + connector.connector() + "' is not partitioned by columns.",
                    "Leave out PARTITIONED BY, or create the table in the warehouse."));
        }
        if (!shape.watermarks() && !spec.watermarks().isEmpty()) {
            flaws.add(Flaw.at(
                    "/watermarks",
                    "A table of '" + connector.connector() + "' has no watermark: it is read once, not followed.",
                    "Leave out WATERMARK."));
        }
        return flaws;
    }

    private static void checkColumns(TableSpec spec, List<Flaw> flaws) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.columns().size(); i++) {
            Column column = spec.columns().get(i);
            String pointer = "/columns/" + i;
            if (column.name().isBlank()) {
                flaws.add(Flaw.at(pointer + "/name", "A column needs a name."));
            } else if (!names.add(column.name())) {
                flaws.add(Flaw.at(pointer + "/name", "There are two columns '" + column.name() + "'."));
            }
            boolean computed = column.kind() == ColumnKind.COMPUTED;
            if (computed && column.expression().isEmpty()) {
                flaws.add(Flaw.at(pointer + "/expression", "Column '" + column.name() + "' needs an expression."));
            }
            if (!computed && column.type().isEmpty()) {
                flaws.add(Flaw.at(pointer + "/type", "Column '" + column.name() + "' needs a type."));
            }
        }
    }

    private static void checkView(TableSpec spec, List<Flaw> flaws) {
        if (!spec.options().isEmpty()
                || spec.primaryKey().isPresent()
                || !spec.watermarks().isEmpty()
                || !spec.partitionKeys().isEmpty()) {
            flaws.add(Flaw.at("/view", "A view has no options, primary key, watermarks or partitions of its own."));
        }
    }

    private static void checkReferences(TableSpec spec, List<Flaw> flaws) {
        Set<String> all = names(spec, true);
        Set<String> physical = names(spec, false);
        spec.primaryKey().ifPresent(key -> {
            checkKnown(key.columns(), physical, "/primaryKey/columns", "The primary key", flaws);
            if (key.columns().isEmpty()) {
                flaws.add(Flaw.at("/primaryKey/columns", "A primary key needs at least one column."));
            }
        });
        checkKnown(spec.partitionKeys(), physical, "/partitionKeys", "PARTITIONED BY", flaws);
        if (!physical.isEmpty()
                && physical.size() == Set.copyOf(spec.partitionKeys()).size()) {
            flaws.add(Flaw.at("/partitionKeys", "At least one column must not be a partition key."));
        }
        List<String> times = spec.watermarks().stream().map(Watermark::column).toList();
        List<String> roots = times.stream().map(time -> rootOf(time, all)).toList();
        checkKnown(roots, all, "/watermarks", "WATERMARK", flaws);
    }

    /** A watermark may be on a field of a row column. */
    private static String rootOf(String column, Set<String> known) {
        int dot = column.indexOf('.');
        return known.contains(column) || dot < 0 ? column : column.substring(0, dot);
    }

    private static void checkKnown(
            List<String> used, Set<String> known, String pointer, String clause, List<Flaw> flaws) {
        for (String name : used) {
            if (!known.contains(name)) {
                flaws.add(Nearest.to(name, known)
                        .map(near -> Flaw.at(
                                pointer, clause + " names no column: '" + name + "'.", "Did you mean '" + near + "'?"))
                        .orElseGet(() -> Flaw.at(pointer, clause + " names no column: '" + name + "'.")));
            }
        }
    }

    private static Set<String> names(TableSpec spec, boolean all) {
        return spec.columns().stream()
                .filter(column -> all || column.kind() == ColumnKind.PHYSICAL)
                .map(Column::name)
                .collect(Collectors.toSet());
    }
}
