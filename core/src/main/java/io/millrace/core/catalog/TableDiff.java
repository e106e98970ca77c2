package io.millrace.core.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says in words what is different between two versions of a table. Pure. */
public final class TableDiff {
    private static final int MOST = 20;

    private TableDiff() {}

    /** One line; empty if nothing is different. */
    public static String summary(Table before, Table after) {
        List<String> parts = new ArrayList<>();
        if (!before.path().parent().equals(after.path().parent())) {
            parts.add("moved from " + before.path() + " to " + after.path());
        } else if (!before.path().equals(after.path())) {
            parts.add("renamed from " + quoted(before.path().table().value()) + " to "
                    + quoted(after.path().table().value()));
        }
        columns(before, after, parts);
        rest(before.spec(), after.spec(), parts);
        if (parts.size() > MOST) {
            int more = parts.size() - MOST;
            return String.join("; ", parts.subList(0, MOST)) + "; and " + more + " more";
        }
        return String.join("; ", parts);
    }

    private static void columns(Table before, Table after, List<String> parts) {
        Map<Integer, Column> old = byId(before);
        Map<Integer, Column> now = byId(after);
        now.forEach((id, column) -> {
            Column was = old.get(id);
            if (was == null) {
                parts.add("column " + quoted(column.name()) + " " + text(column) + " added");
            } else {
                column(was, column, parts);
            }
        });
        old.forEach((id, column) -> {
            if (!now.containsKey(id)) {
                parts.add("column " + quoted(column.name()) + " " + text(column) + " dropped");
            }
        });
        List<Integer> common = new ArrayList<>(old.keySet());
        common.retainAll(now.keySet());
        List<Integer> order = new ArrayList<>(now.keySet());
        order.retainAll(old.keySet());
        if (!common.equals(order)) {
            parts.add("columns in another order");
        }
    }

    private static void column(Column was, Column is, List<String> parts) {
        if (!was.name().equals(is.name())) {
            parts.add("column " + quoted(was.name()) + " renamed to " + quoted(is.name()));
        }
        if (!text(was).equals(text(is))) {
            parts.add("column " + quoted(is.name()) + " " + text(was) + " → " + text(is));
        }
        if (!was.comment().equals(is.comment())) {
            parts.add("comment of column " + quoted(is.name()) + " changed");
        }
    }

    private static void rest(TableSpec before, TableSpec after, List<String> parts) {
        different(
                "primary key",
                before.primaryKey().map(PrimaryKey::columns).map(TableDiff::list),
                after.primaryKey().map(PrimaryKey::columns).map(TableDiff::list),
                parts);
        different("watermark", watermark(before), watermark(after), parts);
        different(
                "partitions",
                Optional.of(list(before.partitionKeys())),
                Optional.of(list(after.partitionKeys())),
                parts);
        Set<String> keys = new TreeSet<>(before.options().keySet());
        keys.addAll(after.options().keySet());
        for (String key : keys) {
            different(
                    "option '" + key + "'",
                    Optional.ofNullable(before.options().get(key)),
                    Optional.ofNullable(after.options().get(key)),
                    parts);
        }
        if (!before.comment().equals(after.comment())) {
            parts.add("comment changed");
        }
        if (!before.view().equals(after.view())) {
            parts.add("query changed");
        }
    }

    private static void different(String what, Optional<String> was, Optional<String> is, List<String> parts) {
        if (was.equals(is)) {
            return;
        }
        if (was.isEmpty()) {
            parts.add(what + " " + is.orElseThrow() + " added");
        } else if (is.isEmpty()) {
            parts.add(what + " " + was.get() + " dropped");
        } else {
            parts.add(what + " " + was.get() + " → " + is.get());
        }
    }

    private static Optional<String> watermark(TableSpec spec) {
        return spec.watermarks().stream()
                .map(each -> "for " + quoted(each.column()) + " as " + each.expression())
                .reduce((one, other) -> one + ", " + other);
    }

    private static Map<Integer, Column> byId(Table table) {
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < table.spec().columns().size(); i++) {
            columns.put(
                    table.columnIds().inOrder().get(i), table.spec().columns().get(i));
        }
        return columns;
    }

    private static String text(Column column) {
        return switch (column.kind()) {
            case PHYSICAL -> column.type().orElse("");
            case COMPUTED -> "AS " + column.expression().orElse("");
            case METADATA ->
                column.type().orElse("") + " METADATA"
                        + column.metadataKey().map(key -> " FROM '" + key + "'").orElse("")
                        + (column.virtual() ? " VIRTUAL" : "");
        };
    }

    private static String list(List<String> names) {
        return "(" + String.join(", ", names) + ")";
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
