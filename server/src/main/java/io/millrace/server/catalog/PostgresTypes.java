package io.millrace.server.catalog;

import static java.util.Map.entry;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL types as Flink SQL types and back: those that Flink's JDBC connector really reads and writes, which is
 * less than its catalog claims. In particular it cannot convert TIMESTAMP WITH LOCAL TIME ZONE, so {@code timestamptz}
 * is read as a local time in the time zone of Flink's processes, which the platform sets to UTC.
 */
final class PostgresTypes {
    static final String STRING = "VARCHAR(2147483647)";

    /** What an unconstrained numeric becomes: as many digits as Flink has, half of them after the point. */
    private static final String WIDEST_DECIMAL = "DECIMAL(38, 18)";

    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final int MAX_TIMESTAMP_DIGITS = 6;
    private static final int MAX_PG_TEXT = 10_485_760;

    /** {@code pg_type} stores lengths and precisions with this added. */
    private static final int MODIFIER_OFFSET = 4;

    private static final Map<String, String> PLAIN = Map.ofEntries(
            entry("bool", "BOOLEAN"),
            entry("int2", "SMALLINT"),
            entry("int4", "INT"),
            entry("int8", "BIGINT"),
            entry("oid", "BIGINT"),
            entry("float4", "FLOAT"),
            entry("float8", "DOUBLE"),
            entry("date", "DATE"),
            // The connector reads whole seconds.
            entry("time", "TIME(0)"),
            entry("bytea", "VARBINARY(2147483647)"),
            entry("text", STRING),
            entry("name", STRING),
            entry("citext", STRING),
            entry("uuid", STRING),
            entry("json", STRING),
            entry("jsonb", STRING),
            entry("inet", STRING),
            entry("cidr", STRING),
            entry("macaddr", STRING));

    private static final Set<String> ELEMENTS = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "date",
            "timestamp",
            "timestamptz",
            "text",
            "varchar",
            "bpchar",
            "uuid",
            "bytea");

    private static final Pattern FLINK = Pattern.compile("([A-Z_]+(?: [A-Z]+)*)(?:\\((\\d+)(?:, *(\\d+))?\\))?(.*)");

    private PostgresTypes() {}

    /** Empty if Flink's connector cannot read the type. */
    static Optional<String> toFlink(RemoteType remote) {
        if (remote.element().isPresent()) {
            String element = remote.element().get();
            return ELEMENTS.contains(element)
                    ? scalar(element, remote.modifier()).map(type -> "ARRAY<" + type + ">")
                    : Optional.empty();
        }
        return remote.isEnum() ? Optional.of(STRING) : scalar(remote.name(), remote.modifier());
    }

    /**
     * What to write in CREATE TABLE for a Flink type, without NOT NULL. Empty if Flink's connector cannot write such a
     * column.
     */
    static Optional<String> toPostgres(String flinkType) {
        Matcher matcher = FLINK.matcher(withoutNullability(flinkType));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = (matcher.group(1) + matcher.group(4)).strip();
        int first = number(matcher.group(2), -1);
        return switch (name) {
            case "BOOLEAN" -> Optional.of("boolean");
            case "TINYINT", "SMALLINT" -> Optional.of("smallint");
            case "INT", "INTEGER" -> Optional.of("integer");
            case "BIGINT" -> Optional.of("bigint");
            case "FLOAT" -> Optional.of("real");
            case "DOUBLE" -> Optional.of("double precision");
            case "DECIMAL", "NUMERIC" ->
                Optional.of("numeric(" + (first < 0 ? 10 : first) + "," + number(matcher.group(3), 0) + ")");
            case "CHAR" -> Optional.of("character(" + Math.max(first, 1) + ")");
            case "VARCHAR" ->
                Optional.of(first < 0 || first > MAX_PG_TEXT ? "text" : "character varying(" + first + ")");
            case "STRING" -> Optional.of("text");
            case "BINARY", "VARBINARY", "BYTES" -> Optional.of("bytea");
            case "DATE" -> Optional.of("date");
            case "TIME" -> Optional.of("time");
            case "TIMESTAMP" -> timestamp(first);
            default -> Optional.empty();
        };
    }

    static boolean isRequired(String flinkType) {
        return flinkType.strip().toUpperCase(Locale.ROOT).endsWith(" NOT NULL");
    }

    static String withoutNullability(String flinkType) {
        return flinkType.strip().replaceAll("(?i)( NOT)? NULL$", "").strip();
    }

    private static Optional<String> timestamp(int precision) {
        int digits = precision < 0 ? MAX_TIMESTAMP_DIGITS : precision;
        return digits > MAX_TIMESTAMP_DIGITS ? Optional.empty() : Optional.of("timestamp(" + digits + ")");
    }

    private static Optional<String> scalar(String name, int modifier) {
        return switch (name) {
            case "numeric" -> decimal(modifier);
            case "varchar" -> Optional.of(modifier < 0 ? STRING : "VARCHAR(" + (modifier - MODIFIER_OFFSET) + ")");
            case "bpchar" -> Optional.of(modifier < 0 ? STRING : "CHAR(" + (modifier - MODIFIER_OFFSET) + ")");
            case "timestamp", "timestamptz" ->
                Optional.of("TIMESTAMP(" + (modifier < 0 ? MAX_TIMESTAMP_DIGITS : modifier) + ")");
            default -> Optional.ofNullable(PLAIN.get(name));
        };
    }

    private static Optional<String> decimal(int modifier) {
        if (modifier < 0) {
            return Optional.of(WIDEST_DECIMAL);
        }
        int packed = modifier - MODIFIER_OFFSET;
        int precision = (packed >> 16) & 0xffff;
        // Eleven bits with a sign: PostgreSQL has scales below zero and above the precision, Flink has not.
        int scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
        return precision > MAX_DECIMAL_DIGITS || scale < 0 || scale > precision
                ? Optional.empty()
                : Optional.of("DECIMAL(" + precision + ", " + scale + ")");
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /**
     * A column's type as PostgreSQL describes it, domains resolved.
     *
     * @param name as in {@code pg_type}
     * @param modifier length or precision, coded; -1 for none
     * @param element the type of an array's elements
     * @param declared as people write it, for messages
     */
    record RemoteType(String name, boolean isEnum, int modifier, Optional<String> element, String declared) {}
}
