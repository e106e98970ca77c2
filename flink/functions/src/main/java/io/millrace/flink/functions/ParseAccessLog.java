package io.millrace.flink.functions;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code LATERAL TABLE(PARSE_ACCESS_LOG(line))}: one line of a Combined Log Format file in its parts.
 *
 * <p>Gives exactly one row for each line. When the line can't be read, {@code error} says why and the rest is NULL. The
 * argument is text, or bytes where the encoding is not known; {@code line_text} is its text.
 */
@FunctionHint(
        output =
                @DataTypeHint(
                        "ROW<error STRING, line_text STRING, event_time TIMESTAMP_LTZ(3), client STRING, user_name STRING,"
                                + " http_method STRING, path STRING, query STRING, protocol STRING, status INT,"
                                + " bytes_sent BIGINT, referrer STRING, user_agent STRING>"))
public final class ParseAccessLog extends TableFunction<Row> {
    private static final long serialVersionUID = 1;

    private static final int COLUMNS = 13;

    /** The line as text. */
    public void eval(@Nullable String line) {
        collect(row(line == null ? "" : line));
    }

    /** The line as the bytes that came in. */
    public void eval(byte @Nullable [] line) {
        collect(row(line == null ? "" : LineText.of(line)));
    }

    private static Row row(String line) {
        var row = new Row(COLUMNS);
        row.setField(1, line);
        try {
            fill(row, AccessLogReader.read(line));
        } catch (RefusedLine e) {
            row.setField(0, e.refusal().reason());
        }
        return row;
    }

    private static void fill(Row row, AccessLogEntry entry) {
        Object[] values = {
            entry.time(),
            entry.client(),
            entry.user(),
            entry.method(),
            entry.path(),
            entry.query(),
            entry.protocol(),
            entry.status(),
            entry.bytes(),
            entry.referrer(),
            entry.userAgent()
        };
        for (int i = 0; i < values.length; i++) {
            row.setField(i + 2, values[i]);
        }
    }
}
