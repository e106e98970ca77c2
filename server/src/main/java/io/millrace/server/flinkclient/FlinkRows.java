package io.millrace.server.flinkclient;

import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import io.millrace.server.catalog.FlinkType;
import io.millrace.server.flinkclient.FlinkClientMessages.Column;
import io.millrace.server.flinkclient.FlinkClientMessages.Row;
import io.millrace.server.flinkclient.FlinkClientMessages.Table;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes rows, which come as {@link ResultRow} describes, as Flink's clients read them: as JSON by their types, or as the
 * text that a client prints.
 */
final class FlinkRows {
    private static final Map<String, String> KINDS =
            Map.of("+I", "INSERT", "-U", "UPDATE_BEFORE", "+U", "UPDATE_AFTER", "-D", "DELETE");

    /** How values are written; the names are Flink's. */
    enum Format {
        JSON,
        PLAIN_TEXT
    }

    private final List<Column> columns = new ArrayList<>();
    private final List<FlinkType> types = new ArrayList<>();
    private final List<Boolean> asText = new ArrayList<>();
    private final Format format;

    FlinkRows(List<ResultColumn> columns, Format format) {
        this.format = format;
        for (ResultColumn column : columns) {
            FlinkType type = LogicalTypes.parse(column.type());
            boolean readable = LogicalTypes.isReadable(type);
            types.add(type);
            asText.add(format == Format.PLAIN_TEXT || !readable);
            this.columns.add(new Column(column.name(), LogicalTypes.json(readable ? type : LogicalTypes.TEXT)));
        }
    }

    Table table(List<ResultRow> rows) {
        return new Table(columns, format.name(), rows.stream().map(this::row).toList());
    }

    private Row row(ResultRow row) {
        List<@Nullable Object> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Object value = row.values().get(i);
            fields.add(value == null || !asText.get(i) ? json(value, types.get(i)) : text(value, types.get(i)));
        }
        return new Row(String.valueOf(KINDS.get(row.op())), Collections.unmodifiableList(fields));
    }

    private static @Nullable Object json(@Nullable Object value, FlinkType type) {
        if (value == null) {
            return null;
        }
        return switch (type.name()) {
            case "BINARY", "VARBINARY" ->
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value.toString()));
            case "TIMESTAMP" -> iso(value);
            case "TIMESTAMP WITH LOCAL TIME ZONE" -> iso(value) + "Z"; // so Flink marks local times, as these are
            case "ARRAY" -> items(value, type);
            case "MAP" -> entries(value, type);
            case "ROW" -> fields(value, type);
            default -> value;
        };
    }

    private static String iso(Object time) {
        return time.toString().replace(' ', 'T');
    }

    private static List<@Nullable Object> items(Object array, FlinkType type) {
        List<@Nullable Object> items = new ArrayList<>();
        ((List<?>) array).forEach(item -> items.add(json(item, type.part(0))));
        return items;
    }

    private static Map<String, @Nullable Object> entries(Object map, FlinkType type) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((key, item) -> entries.put(key.toString(), json(item, type.part(1))));
        return entries;
    }

    private static Map<String, @Nullable Object> fields(Object row, FlinkType type) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (FlinkType.Field field : type.fields()) {
            fields.put(field.name(), json(((Map<?, ?>) row).get(field.name()), field.type()));
        }
        return fields;
    }

    /** As Flink prints values. */
    private static String text(@Nullable Object value, FlinkType type) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.name()) {
            case "BOOLEAN" -> value.toString().toUpperCase(Locale.ROOT);
            case "BINARY", "VARBINARY" -> "x'" + value + "'";
            case "ARRAY" ->
                ((List<?>) value)
                        .stream().map(item -> text(item, type.part(0))).collect(Collectors.joining(", ", "[", "]"));
            case "MAP" -> pairs(value, type.part(1));
            case "MULTISET" -> pairs(value, FlinkType.of("INT"));
            case "ROW" ->
                type.fields().stream()
                        .map(field -> text(((Map<?, ?>) value).get(field.name()), field.type()))
                        .collect(Collectors.joining(", ", "(", ")"));
            default -> value.toString();
        };
    }

    private static String pairs(Object map, FlinkType type) {
        return ((Map<?, ?>) map)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue(), type))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
