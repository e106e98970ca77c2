package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Flink's written expressions, with what the columns are in place of where they stand. */
final class Expressions {
    private Expressions() {}

    /** A name of the expression; that of a bare column is the column's own. */
    static String origin(JsonNode expression, List<String> columns) {
        if (expression.path("kind").asText().equals("INPUT_REF")) {
            return column(expression, columns);
        }
        List<String> parts = new ArrayList<>();
        write(expression, columns, parts);
        return Digest.of(parts);
    }

    private static void write(JsonNode node, List<String> columns, List<String> parts) {
        if (node.path("kind").asText().endsWith("INPUT_REF")) {
            parts.add("column");
            parts.add(node.path("alpha").asText());
            parts.add(column(node, columns));
        } else if (node.isObject()) {
            parts.add("{");
            node.properties().forEach(field -> {
                parts.add(field.getKey());
                write(field.getValue(), columns, parts);
            });
            parts.add("}");
        } else if (node.isArray()) {
            parts.add("[");
            node.forEach(member -> write(member, columns, parts));
            parts.add("]");
        } else {
            parts.add(node.toString());
        }
    }

    private static String column(JsonNode reference, List<String> columns) {
        int index = reference.path("inputIndex").asInt();
        return index < columns.size() ? columns.get(index) : "?" + index;
    }
}
