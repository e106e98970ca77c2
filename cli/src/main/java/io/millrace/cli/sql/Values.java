package io.millrace.cli.sql;

import io.millrace.api.Json;
import io.millrace.api.sql.ResultColumn;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Values of rows as text. */
final class Values {
    private static final List<String> NUMBERS =
            List.of("TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL");

    private Values() {}

    static boolean numeric(ResultColumn column) {
        return NUMBERS.stream().anyMatch(type -> column.type().startsWith(type))
                && !column.type().startsWith("INTERVAL");
    }

    /** Text as it is, nested values as JSON; {@code ifNull} for null. */
    static String text(@Nullable Object value, String ifNull) {
        if (value == null) {
            return ifNull;
        }
        return value instanceof Collection || value instanceof Map ? Json.write(value) : value.toString();
    }
}
