package io.millrace.cli.sql;

import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Csv;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RFC 4180 with line feeds: a header, quotes where they are needed. Null is an empty field, an empty text a quoted one.
 * A result that changes rows it has given before cannot be written: a reader of CSV would take each change for a row.
 */
final class CsvWriter implements ResultWriter {
    private final PrintWriter out;

    CsvWriter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        line(columns.stream().map(column -> field(column.name())));
    }

    @Override
    public void rows(List<ResultRow> rows) {
        for (ResultRow row : rows) {
            if (!row.op().equals(INSERTED)) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "The result changes rows that were already written, which CSV cannot say. Use --output json, or"
                                + " SET 'execution.runtime-mode' = 'batch' before a query whose input has an end.");
            }
            line(row.values().stream().map(CsvWriter::field));
        }
        out.flush();
    }

    @Override
    public void pause() {
        // Nothing is held back.
    }

    @Override
    public void end() {
        out.flush();
    }

    private void line(Stream<String> fields) {
        out.print(fields.collect(Collectors.joining(",")));
        out.print('\n');
    }

    private static String field(@Nullable Object value) {
        return value == null ? "" : Csv.field(Values.text(value, ""));
    }
}
