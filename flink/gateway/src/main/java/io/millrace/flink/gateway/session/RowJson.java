package io.millrace.flink.gateway.session;

import io.millrace.api.sql.ResultRow;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes rows of Flink's external types as {@link ResultRow} describes. Times are written as Flink prints them, with
 * the digits of the type, and with local time zone in the session's zone.
 */
final class RowJson {
    private final List<LogicalType> types;
    private final ZoneId zone;
    private long bytes;

    RowJson(ResolvedSchema schema, ZoneId zone) {
        this.types = schema.getColumnDataTypes().stream()
                .map(type -> type.getLogicalType())
                .toList();
        this.zone = zone;
    }

    /** Roughly what the rows written so far take as JSON. */
    long bytes() {
        return bytes;
    }

    ResultRow write(Row row) {
        List<@Nullable Object> values = new ArrayList<>(row.getArity());
        for (int i = 0; i < row.getArity(); i++) {
            values.add(value(row.getField(i), types.get(i)));
        }
        bytes += 16;
        return new ResultRow(row.getKind().shortString(), Collections.unmodifiableList(values));
    }

    private @Nullable Object value(@Nullable Object value, LogicalType type) {
        bytes += 8;
        if (value == null || value instanceof Boolean || isWhole(value)) {
            return value;
        } else if (value instanceof String string) {
            return text(string);
        } else if (value instanceof Float number) {
            return Float.isFinite(number) ? (Object) number : text(number.toString());
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? (Object) number : text(number.toString());
        } else if (value instanceof BigDecimal number) {
            return text(number.toPlainString());
        } else if (value instanceof byte[] binary) {
            return text(HexFormat.of().formatHex(binary));
        }
        Object time = time(value, type);
        return time == null ? nested(value, type) : time;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    private @Nullable Object time(Object value, LogicalType type) {
        if (value instanceof LocalDate date) {
            return text(date.toString());
        } else if (value instanceof LocalTime time) {
            return text(format(type, false).format(time));
        } else if (value instanceof LocalDateTime time) {
            return text(format(type, true).format(time));
        } else if (value instanceof Instant instant) {
            return text(format(type, true).format(instant.atZone(zone)));
        } else if (value instanceof Duration || value instanceof Period) {
            return text(value.toString());
        }
        return null;
    }

    private static DateTimeFormatter format(LogicalType type, boolean date) {
        int digits = LogicalTypeChecks.hasPrecision(type, 0) ? 0 : LogicalTypeChecks.getPrecision(type);
        DateTimeFormatterBuilder format =
                new DateTimeFormatterBuilder().appendPattern(date ? "uuuu-MM-dd HH:mm:ss" : "HH:mm:ss");
        if (digits > 0) {
            format.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
        }
        return format.toFormatter(Locale.ROOT);
    }

    private Object nested(Object value, LogicalType type) {
        List<LogicalType> children = type.getChildren();
        if (value instanceof Row row) {
            return object(row, type);
        } else if (value instanceof Object[] array) {
            List<@Nullable Object> items = new ArrayList<>(array.length);
            for (Object item : array) {
                items.add(value(item, children.get(0)));
            }
            return items;
        } else if (value instanceof Map<?, ?> map && children.size() >= 2) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) ->
                    entries.put(String.valueOf(value(key, children.get(0))), value(item, children.get(1))));
            return entries;
        } else if (value instanceof Map<?, ?> multiset) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            multiset.forEach((key, count) -> entries.put(String.valueOf(value(key, children.get(0))), count));
            return entries;
        }
        return text(value.toString());
    }

    private Map<String, @Nullable Object> object(Row row, LogicalType type) {
        List<LogicalType> children = type.getChildren();
        List<String> names = LogicalTypeChecks.getFieldNames(type);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < row.getArity(); i++) {
            fields.put(names.get(i), value(row.getField(i), children.get(i)));
        }
        return fields;
    }

    private String text(String text) {
        bytes += text.length();
        return text;
    }
}
