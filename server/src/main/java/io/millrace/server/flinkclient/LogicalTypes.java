package io.millrace.server.flinkclient;

import io.millrace.server.catalog.FlinkType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Types of results, written as Flink's clients read them. */
final class LogicalTypes {
    /** What is shown of a value whose type Flink's clients can't read. */
    static final FlinkType TEXT = FlinkType.of("VARCHAR", FlinkType.UNBOUNDED);

    /** Where Flink's name of a type is another one than in SQL. */
    private static final Map<String, String> ROOTS = Map.of(
            "INT", "INTEGER",
            "TIME", "TIME_WITHOUT_TIME_ZONE",
            "TIMESTAMP", "TIMESTAMP_WITHOUT_TIME_ZONE",
            "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_WITH_LOCAL_TIME_ZONE");

    private static final Set<String> WITH_LENGTH = Set.of("CHAR", "VARCHAR", "BINARY", "VARBINARY");
    private static final Set<String> WITH_PRECISION = Set.of("TIME", "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE");
    private static final Set<String> PLAIN =
            Set.of("NULL", "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DATE", "DECIMAL");

    private LogicalTypes() {}

    /** The type of a result's column; as text if it is none that can be written in SQL. */
    static FlinkType parse(String summary) {
        return FlinkType.parse(summary.replaceAll(" \\*(ROWTIME|PROCTIME)\\*", ""))
                .orElse(TEXT);
    }

    /** Whether Flink's clients can read values of this type: maps need text as keys. */
    static boolean isReadable(FlinkType type) {
        return switch (type.name()) {
            case "ARRAY" -> isReadable(type.part(0));
            case "MAP" -> isText(type.part(0)) && isReadable(type.part(1));
            case "MULTISET" -> isText(type.part(0));
            case "ROW" -> type.fields().stream().allMatch(field -> isReadable(field.type()));
            default ->
                PLAIN.contains(type.name())
                        || WITH_LENGTH.contains(type.name())
                        || WITH_PRECISION.contains(type.name());
        };
    }

    private static boolean isText(FlinkType type) {
        return type.name().equals("CHAR") || type.name().equals("VARCHAR");
    }

    /** As Flink's serializer of logical types writes it. */
    static Map<String, Object> json(FlinkType type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", ROOTS.getOrDefault(type.name(), type.name()));
        json.put("nullable", !type.required());
        if (WITH_LENGTH.contains(type.name())) {
            json.put("length", type.numbers().get(0));
        } else if (WITH_PRECISION.contains(type.name())) {
            json.put("precision", type.numbers().get(0));
        }
        switch (type.name()) {
            case "DECIMAL" -> {
                json.put("precision", type.numbers().get(0));
                json.put("scale", type.numbers().get(1));
            }
            case "ARRAY", "MULTISET" -> json.put("elementType", json(type.part(0)));
            case "MAP" -> {
                json.put("keyType", json(type.part(0)));
                json.put("valueType", json(type.part(1)));
            }
            case "ROW" ->
                json.put(
                        "fields",
                        type.fields().stream().map(LogicalTypes::field).toList());
            default -> {}
        }
        return json;
    }

    private static Map<String, Object> field(FlinkType.Field field) {
        return Map.of("name", field.name(), "fieldType", json(field.type()));
    }
}
