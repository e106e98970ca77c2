package io.millrace.server.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MySQL's and MariaDB's types as Flink SQL types and back: those that Flink's JDBC connector really reads and writes
 * through MariaDB's driver as {@link MysqlServer} sets it up. TIMESTAMP columns are local times in UTC; a text has the
 * length it has, hence {@code char} is no CHAR.
 */
final class MysqlTypes {
    static final String STRING = "VARCHAR(2147483647)";
    private static final String BYTES = "VARBINARY(2147483647)";
    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final int MAX_TIMESTAMP_DIGITS = 6;

    /** Of three or four bytes each: longer ones leave no room in a row, which has 65535 bytes. */
    private static final int MAX_INLINE = 16_000;

    private static final int MAX_CHAR = 255;
    private static final Pattern FLINK = Pattern.compile("([A-Z_]+(?: [A-Z]+)*)(?:\\((\\d+)(?:, *(\\d+))?\\))?(.*)");

    private MysqlTypes() {}

    /** Empty if Flink's connector cannot read the type. */
    static Optional<String> toFlink(RemoteType remote) {
        boolean unsigned = remote.declared().contains("unsigned");
        return switch (remote.name()) {
            // What BOOLEAN is there; the driver takes all of them for it.
            case "tinyint" ->
                Optional.of(remote.declared().startsWith("tinyint(1)") ? "BOOLEAN" : unsigned ? "SMALLINT" : "TINYINT");
            case "smallint" -> Optional.of(unsigned ? "INT" : "SMALLINT");
            case "mediumint" -> Optional.of("INT");
            case "int" -> Optional.of(unsigned ? "BIGINT" : "INT");
            case "bigint" -> Optional.of(unsigned ? "DECIMAL(20, 0)" : "BIGINT");
            case "decimal" -> decimal(remote);
            case "float" -> Optional.of("FLOAT");
            case "double" -> Optional.of("DOUBLE");
            case "bit" -> Optional.of(remote.length() == 1 ? "BOOLEAN" : BYTES);
            case "year" -> Optional.of("SMALLINT");
            case "date" -> Optional.of("DATE");
            // The connector reads whole seconds.
            case "time" -> Optional.of("TIME(0)");
            case "datetime", "timestamp" -> Optional.of("TIMESTAMP(" + remote.length() + ")");
            case "char", "varchar" -> Optional.of("VARCHAR(" + Math.max(1, remote.length()) + ")");
            case "tinytext", "text", "mediumtext", "longtext", "json", "enum", "set", "uuid", "inet6", "inet4" ->
                Optional.of(STRING);
            case "binary",
                    "varbinary",
                    "tinyblob",
                    "blob",
                    "mediumblob",
                    "longblob",
                    "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> Optional.of(BYTES);
            default -> Optional.empty();
        };
    }

    /**
     * What to write in CREATE TABLE for a Flink type, without NOT NULL. Empty if Flink's connector cannot write such a
     * column.
     */
    static Optional<String> toMysql(String flinkType) {
        Matcher matcher = FLINK.matcher(PostgresTypes.withoutNullability(flinkType));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = (matcher.group(1) + matcher.group(4)).strip();
        int length = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        return switch (name) {
            case "BOOLEAN" -> Optional.of("tinyint(1)");
            case "TINYINT" -> Optional.of("tinyint");
            case "SMALLINT" -> Optional.of("smallint");
            case "INT", "INTEGER" -> Optional.of("int");
            case "BIGINT" -> Optional.of("bigint");
            case "FLOAT" -> Optional.of("float");
            case "DOUBLE" -> Optional.of("double");
            case "DECIMAL", "NUMERIC" -> {
                String scale = matcher.group(3) == null ? "0" : matcher.group(3);
                yield Optional.of("decimal(" + (length < 0 ? 10 : length) + "," + scale + ")");
            }
            case "CHAR" -> Optional.of((length > MAX_CHAR ? "varchar(" : "char(") + Math.max(length, 1) + ")");
            case "VARCHAR" -> Optional.of(length > MAX_INLINE ? "longtext" : "varchar(" + Math.max(length, 1) + ")");
            case "STRING" -> Optional.of("longtext");
            case "BINARY" -> Optional.of((length > MAX_CHAR ? "varbinary(" : "binary(") + Math.max(length, 1) + ")");
            case "VARBINARY" ->
                Optional.of(length > MAX_INLINE ? "longblob" : "varbinary(" + Math.max(length, 1) + ")");
            case "BYTES" -> Optional.of("longblob");
            case "DATE" -> Optional.of("date");
            case "TIME" -> Optional.of("time");
            case "TIMESTAMP" -> timestamp(length);
            default -> Optional.empty();
        };
    }

    private static Optional<String> timestamp(int precision) {
        int digits = precision < 0 ? MAX_TIMESTAMP_DIGITS : precision;
        return digits > MAX_TIMESTAMP_DIGITS ? Optional.empty() : Optional.of("datetime(" + digits + ")");
    }

    private static Optional<String> decimal(RemoteType remote) {
        return remote.length() > MAX_DECIMAL_DIGITS
                ? Optional.empty()
                : Optional.of("DECIMAL(" + remote.length() + ", " + remote.scale() + ")");
    }

    /**
     * A column's type as {@code information_schema} describes it.
     *
     * @param name such as {@code int}
     * @param declared such as {@code int(10) unsigned}
     * @param length of characters, digits, bits or fractions of a second; 0 for none
     */
    record RemoteType(String name, String declared, int length, int scale) {}
}
