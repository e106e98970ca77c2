package io.millrace.cli.sql;

import io.millrace.api.Json;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object per row and line, so that a reader can begin before a query ends and a query that never ends can be
 * piped. A row that changes or removes an earlier one has the field {@code $op} as well: {@code -U}, {@code +U} or
 * {@code -D}.
 */
final class JsonWriter implements ResultWriter {
    private static final String OP = "$op";

    private final PrintWriter out;
    private List<String> names = List.of();

    JsonWriter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        List<String> unique = new ArrayList<>();
        for (ResultColumn column : columns) {
            String name = column.name();
            for (int n = 2; unique.contains(name); n++) {
                name = column.name() + "_" + n;
            }
            unique.add(name);
        }
        names = unique;
    }

    @Override
    public void rows(List<ResultRow> rows) {
        for (ResultRow row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            if (!row.op().equals(INSERTED)) {
                object.put(OP, row.op());
            }
            for (int i = 0; i < names.size(); i++) {
                object.put(names.get(i), row.values().get(i));
            }
            out.print(Json.write(object));
            out.print('\n');
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
}
