package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A column.
 *
 * @param type a Flink SQL type as its planner writes it; empty for computed columns
 * @param expression the SQL expression of a computed column
 * @param metadataKey the connector's key of a metadata column when it differs from the name
 * @param virtual whether a metadata column is left out when writing
 */
public record Column(
        String name,
        ColumnKind kind,
        Optional<String> type,
        Optional<String> expression,
        Optional<String> metadataKey,
        boolean virtual,
        Optional<String> comment) {
    public Column {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(type, "type");
        requireNonNull(expression, "expression");
        requireNonNull(metadataKey, "metadataKey");
        requireNonNull(comment, "comment");
    }

    public static Column physical(String name, String type) {
        return new Column(
                name,
                ColumnKind.PHYSICAL,
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    public static Column computed(String name, String expression) {
        return new Column(
                name,
                ColumnKind.COMPUTED,
                Optional.empty(),
                Optional.of(expression),
                Optional.empty(),
                false,
                Optional.empty());
    }

    public Column commented(Optional<String> text) {
        return new Column(name, kind, type, expression, metadataKey, virtual, text);
    }
}
