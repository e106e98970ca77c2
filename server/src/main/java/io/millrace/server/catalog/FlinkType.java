package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Flink SQL type as a tree, for stores whose types nest. Reads what Flink's planner writes; prints it the same way.
 *
 * @param name upper case, such as {@code DECIMAL} or {@code TIMESTAMP WITH LOCAL TIME ZONE}
 * @param numbers length, or precision and scale
 * @param fields elements of ARRAY and MULTISET, key and value of MAP, fields of ROW
 */
public record FlinkType(String name, List<Integer> numbers, List<Field> fields, boolean required) {
    public static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final int NANOS = 9;

    public FlinkType {
        requireNonNull(name, "name");
        numbers = List.copyOf(numbers);
        fields = List.copyOf(fields);
    }

    /** A type without parts; nullable. */
    public static FlinkType of(String name, Integer... numbers) {
        return new FlinkType(name, List.of(numbers), List.of(), false);
    }

    static FlinkType array(FlinkType element) {
        return new FlinkType("ARRAY", List.of(), List.of(Field.of("", element)), false);
    }

    static FlinkType map(FlinkType key, FlinkType value) {
        return new FlinkType("MAP", List.of(), List.of(Field.of("", key), Field.of("", value)), false);
    }

    static FlinkType row(List<Field> fields) {
        return new FlinkType("ROW", List.of(), fields, false);
    }

    /** Empty if the text is no type of Flink SQL. */
    public static Optional<FlinkType> parse(String text) {
        try {
            FlinkTypeReader reader = new FlinkTypeReader(text);
            return Optional.of(reader.whole());
        } catch (FlinkTypeReader.NoTypeException e) {
            return Optional.empty();
        }
    }

    FlinkType required(boolean isRequired) {
        return new FlinkType(name, numbers, fields, isRequired);
    }

    /** The type of a part. */
    public FlinkType part(int index) {
        return fields.get(index).type();
    }

    int number(int index, int otherwise) {
        return index < numbers.size() ? numbers.get(index) : otherwise;
    }

    /** Whether Flink has lengths and digits such as those of the type and its parts. */
    boolean isWithinRanges() {
        int first = number(0, 1);
        int second = number(1, 0);
        boolean fits = switch (name) {
            case "DECIMAL" -> first >= 1 && first <= MAX_DECIMAL_DIGITS && second >= 0 && second <= first;
            case "CHAR", "VARCHAR", "BINARY", "VARBINARY" -> first >= 1;
            case "TIME", "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE" -> first >= 0 && first <= NANOS;
            default -> true;
        };
        return fits && fields.stream().allMatch(field -> field.type().isWithinRanges());
    }

    /** As Flink's planner writes it. */
    @Override
    public String toString() {
        String nullability = required ? " NOT NULL" : "";
        return switch (name) {
            case "ROW" -> "ROW<" + list(fields.stream().map(Field::toString).toList()) + ">" + nullability;
            case "ARRAY", "MAP", "MULTISET" ->
                name + "<"
                        + list(fields.stream()
                                .map(each -> each.type().toString())
                                .toList()) + ">" + nullability;
            default -> scalar() + nullability;
        };
    }

    private String scalar() {
        if (numbers.isEmpty()) {
            return name;
        }
        String arguments = "(" + list(numbers.stream().map(String::valueOf).toList()) + ")";
        int space = name.indexOf(' ');
        return space < 0 ? name + arguments : name.substring(0, space) + arguments + name.substring(space);
    }

    private static String list(List<String> parts) {
        return String.join(", ", parts);
    }

    /** One part of a type; only those of ROW have names and comments. */
    public record Field(String name, FlinkType type, Optional<String> comment) {
        public Field {
            requireNonNull(name, "name");
            requireNonNull(type, "type");
            requireNonNull(comment, "comment");
        }

        static Field of(String name, FlinkType type) {
            return new Field(name, type, Optional.empty());
        }

        @Override
        public String toString() {
            String text =
                    comment.map(each -> " '" + each.replace("'", "''") + "'").orElse("");
            return "`" + name.replace("`", "``") + "` " + type + text;
        }
    }

    /** Other spellings of the same types. */
    static FlinkType named(String words, List<Integer> numbers) {
        String name = words.toUpperCase(Locale.ROOT);
        List<Integer> given = new ArrayList<>(numbers);
        return switch (name) {
            case "STRING" -> of("VARCHAR", UNBOUNDED);
            case "BYTES" -> of("VARBINARY", UNBOUNDED);
            case "INTEGER" -> of("INT");
            case "NUMERIC", "DEC", "DECIMAL" -> of("DECIMAL", first(given, 10), given.size() > 1 ? given.get(1) : 0);
            case "DOUBLE PRECISION" -> of("DOUBLE");
            case "CHAR", "VARCHAR", "BINARY", "VARBINARY" -> of(name, first(given, 1));
            case "TIME", "TIME WITHOUT TIME ZONE" -> of("TIME", first(given, 0));
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE" -> of("TIMESTAMP", first(given, 6));
            case "TIMESTAMP_LTZ", "TIMESTAMP WITH LOCAL TIME ZONE" ->
                of("TIMESTAMP WITH LOCAL TIME ZONE", first(given, 6));
            default -> new FlinkType(name, given, List.of(), false);
        };
    }

    private static int first(List<Integer> numbers, int otherwise) {
        return numbers.isEmpty() ? otherwise : numbers.get(0);
    }
}
