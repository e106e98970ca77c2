package io.millrace.cli.sql;

import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import io.millrace.cli.console.DisplayText;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Aligned columns. The first rows are held back for a moment, because their widths decide the layout. A column
 * {@code op} with the kind of change is there only for results that change rows they have given before; it appears, with
 * a new header, when the first such row comes.
 */
final class TableWriter implements ResultWriter {
    private static final int ENOUGH_ROWS = 100;
    private static final int ENOUGH_PAGES = 5;
    private static final String NULL = "NULL";

    private final PrintWriter out;
    private final int limit;
    private final List<ResultRow> held = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private TextTable table = new TextTable(List.of(), TextTable.UNLIMITED);
    private boolean headed;
    private boolean updating;
    private int pages;

    /** {@code limit} is the widest that a row may be. */
    TableWriter(PrintWriter out, int limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void begin(List<ResultColumn> resultColumns) {
        columns = resultColumns;
    }

    @Override
    public void rows(List<ResultRow> rows) {
        held.addAll(rows);
        pages += rows.isEmpty() ? 0 : 1;
        if (headed || held.size() >= ENOUGH_ROWS || pages >= ENOUGH_PAGES) {
            print();
        }
    }

    @Override
    public void pause() {
        if (!held.isEmpty()) {
            print();
        }
    }

    @Override
    public void end() {
        if (!headed && isText()) {
            held.forEach(row -> Values.text(row.values().get(0), NULL)
                    .lines()
                    .forEach(line -> out.println(DisplayText.visible(line))));
        } else if (!headed || !held.isEmpty()) {
            print();
        }
    }

    /** A single column of several lines, such as the answer to EXPLAIN and SHOW CREATE TABLE, is no table. */
    private boolean isText() {
        return columns.size() == 1
                && !held.isEmpty()
                && held.stream()
                        .anyMatch(row -> Values.text(row.values().get(0), "").contains("\n"));
    }

    private void print() {
        boolean changes = held.stream().anyMatch(row -> !row.op().equals(INSERTED));
        if (!headed || (changes && !updating)) {
            updating = changes;
            table = new TextTable(headings(), limit);
            table.measure(cells());
            table.header().forEach(out::println);
            headed = true;
        } else {
            table.measure(cells());
        }
        cells().forEach(row -> out.println(table.row(row)));
        out.flush();
        held.clear();
    }

    private List<Column> headings() {
        Stream<Column> names = columns.stream().map(column -> new Column(column.name(), Values.numeric(column)));
        return (updating ? Stream.concat(Stream.of(Column.left("op")), names) : names).toList();
    }

    private List<List<String>> cells() {
        return held.stream()
                .map(row -> {
                    Stream<String> values = row.values().stream().map(value -> Values.text(value, NULL));
                    return (updating ? Stream.concat(Stream.of(row.op()), values) : values).toList();
                })
                .toList();
    }
}
