package io.millrace.server.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hive's types as Flink SQL types and back, as Flink's Parquet, ORC and CSV formats read and write them. */
final class HiveTypes {
    private static final Pattern SIMPLE = Pattern.compile("([a-z]+)(?:\\( *([0-9]{1,5}) *(?:, *([0-9]{1,2}) *)?\\))?");
    private static final int DEEPEST = 32;
    private static final int NANOS = 9;

    private HiveTypes() {}

    /** Nullable, as everything in Hive; empty if Flink cannot read the type. */
    static Optional<FlinkType> toFlink(String hive) {
        return toFlink(hive.strip(), 0).filter(FlinkType::isWithinRanges);
    }

    private static Optional<FlinkType> toFlink(String hive, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        String lower = hive.toLowerCase(Locale.ROOT);
        if (lower.startsWith("array<")) {
            return parts(hive, depth, 1).map(types -> FlinkType.array(types.get(0)));
        }
        if (lower.startsWith("map<")) {
            return parts(hive, depth, 2).map(types -> FlinkType.map(types.get(0), types.get(1)));
        }
        if (lower.startsWith("struct<")) {
            return struct(hive, depth);
        }
        Matcher matcher = SIMPLE.matcher(lower);
        return matcher.matches() ? simple(matcher) : Optional.empty();
    }

    private static Optional<FlinkType> simple(Matcher matcher) {
        int first = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return switch (matcher.group(1)) {
            case "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "date" ->
                Optional.of(FlinkType.of(matcher.group(1).toUpperCase(Locale.ROOT)));
            case "integer" -> Optional.of(FlinkType.of("INT"));
            case "decimal" -> Optional.of(FlinkType.of("DECIMAL", first < 0 ? 10 : first, second));
            case "string" -> Optional.of(FlinkType.of("VARCHAR", FlinkType.UNBOUNDED));
            case "varchar", "char" -> Optional.of(FlinkType.of(matcher.group(1).toUpperCase(Locale.ROOT), first));
            case "binary" -> Optional.of(FlinkType.of("VARBINARY", FlinkType.UNBOUNDED));
            case "timestamp" -> Optional.of(FlinkType.of("TIMESTAMP", NANOS));
            default -> Optional.empty();
        };
    }

    private static Optional<FlinkType> struct(String hive, int depth) {
        List<FlinkType.Field> fields = new ArrayList<>();
        for (String part : split(hive)) {
            int colon = part.indexOf(':');
            Optional<FlinkType> type = colon < 1
                    ? Optional.empty()
                    : toFlink(part.substring(colon + 1).strip(), depth + 1);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(FlinkType.Field.of(part.substring(0, colon).strip(), type.get()));
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(FlinkType.row(fields));
    }

    private static Optional<List<FlinkType>> parts(String hive, int depth, int count) {
        List<FlinkType> types = new ArrayList<>();
        for (String part : split(hive)) {
            toFlink(part.strip(), depth + 1).ifPresent(types::add);
        }
        return types.size() == count && split(hive).size() == count ? Optional.of(types) : Optional.empty();
    }

    /** What is between the outermost brackets, at its commas. */
    private static List<String> split(String hive) {
        int open = hive.indexOf('<');
        if (!hive.endsWith(">")) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = open + 1;
        for (int i = open + 1; i < hive.length() - 1; i++) {
            char sign = hive.charAt(i);
            if (sign == '<' || sign == '(') {
                depth++;
            } else if (sign == '>' || sign == ')') {
                depth--;
            } else if (sign == ',' && depth == 0) {
                parts.add(hive.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(hive.substring(from, hive.length() - 1));
        return parts;
    }

    /** Empty if a Parquet table of Hive cannot have such a column. */
    static Optional<String> toHive(FlinkType type) {
        int first = type.number(0, 0);
        return switch (type.name()) {
            case "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DATE" ->
                Optional.of(type.name().toLowerCase(Locale.ROOT));
            case "DECIMAL" -> Optional.of("decimal(" + first + "," + type.number(1, 0) + ")");
            case "CHAR" -> Optional.of(first > 255 ? "string" : "char(" + first + ")");
            case "VARCHAR" -> Optional.of(first > 65_535 ? "string" : "varchar(" + first + ")");
            case "VARBINARY" -> Optional.of("binary");
            case "TIMESTAMP" -> Optional.of("timestamp");
            case "ARRAY" -> toHive(type.part(0)).map(element -> "array<" + element + ">");
            case "MAP" ->
                toHive(type.part(0))
                        .flatMap(key -> toHive(type.part(1)).map(value -> "map<" + key + "," + value + ">"));
            case "ROW" -> row(type);
            default -> Optional.empty();
        };
    }

    private static Optional<String> row(FlinkType row) {
        List<String> fields = new ArrayList<>();
        for (FlinkType.Field field : row.fields()) {
            Optional<String> type = toHive(field.type());
            if (type.isEmpty() || !field.name().matches("[A-Za-z0-9_]+")) {
                return Optional.empty();
            }
            fields.add(field.name() + ":" + type.get());
        }
        return Optional.of("struct<" + String.join(",", fields) + ">");
    }
}
