package io.millrace.core.catalog;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statement that makes a table as it is: always the same for the same structure, complete, and with the options that
 * users set. Pure. Flink's parser reads it back.
 */
public final class TableDdl {
    private TableDdl() {}

    public static String of(TablePath path, TableSpec spec) {
        String name = quoted(path.parent().catalog().value()) + "."
                + quoted(path.parent().database().value()) + "."
                + quoted(path.table().value());
        return spec.view().map(view -> view(name, spec, view)).orElseGet(() -> table(name, spec));
    }

    /** A name in backticks. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String table(String name, TableSpec spec) {
        List<String> parts = new ArrayList<>();
        spec.columns().forEach(column -> parts.add(column(column)));
        Set<String> names = spec.columns().stream().map(Column::name).collect(Collectors.toSet());
        spec.watermarks()
                .forEach(
                        each -> parts.add("WATERMARK FOR " + place(each.column(), names) + " AS " + each.expression()));
        spec.primaryKey()
                .ifPresent(key -> parts.add("CONSTRAINT " + quoted(key.name()) + " PRIMARY KEY (" + names(key.columns())
                        + ") NOT ENFORCED"));
        StringBuilder ddl = new StringBuilder("CREATE TABLE ").append(name).append(" (\n  ");
        ddl.append(String.join(",\n  ", parts)).append("\n)");
        spec.comment().ifPresent(text -> ddl.append("\nCOMMENT ").append(literal(text)));
        if (!spec.partitionKeys().isEmpty()) {
            ddl.append("\nPARTITIONED BY (").append(names(spec.partitionKeys())).append(")");
        }
        if (!spec.options().isEmpty()) {
            ddl.append("\nWITH (\n  ").append(options(spec.options())).append("\n)");
        }
        return ddl.toString();
    }

    private static String view(String name, TableSpec spec, ViewQuery view) {
        String columns = spec.columns().stream()
                .map(column -> quoted(column.name()) + comment(column))
                .collect(joining(",\n  "));
        String comment =
                spec.comment().map(text -> "\nCOMMENT " + literal(text)).orElse("");
        return "CREATE VIEW " + name + " (\n  " + columns + "\n)" + comment + "\nAS " + view.expanded();
    }

    private static String column(Column column) {
        String what = switch (column.kind()) {
            case PHYSICAL -> " " + column.type().orElseThrow();
            case COMPUTED -> " AS " + column.expression().orElseThrow();
            case METADATA ->
                " " + column.type().orElseThrow() + " METADATA"
                        + column.metadataKey()
                                .map(key -> " FROM " + literal(key))
                                .orElse("")
                        + (column.virtual() ? " VIRTUAL" : "");
        };
        return quoted(column.name()) + what + comment(column);
    }

    private static String comment(Column column) {
        return column.comment().map(text -> " COMMENT " + literal(text)).orElse("");
    }

    /** A column, or a field in one of row type. */
    private static String place(String column, Set<String> names) {
        if (names.contains(column)) {
            return quoted(column);
        }
        return List.of(column.split("\\.", -1)).stream().map(TableDdl::quoted).collect(joining("."));
    }

    private static String names(List<String> columns) {
        return columns.stream().map(TableDdl::quoted).collect(joining(", "));
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> literal(option.getKey()) + " = " + literal(option.getValue()))
                .collect(joining(",\n  "));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
