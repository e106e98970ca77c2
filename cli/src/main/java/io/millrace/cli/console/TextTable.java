package io.millrace.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lays rows out in aligned columns. The widths come from the rows it is {@linkplain #measure shown} before; they only
 * grow, so that rows that arrive later stay aligned with those before them as far as possible.
 */
public final class TextTable {
    /** Stands for no limit: values are never shortened, so that a file or a pipe gets all of them. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int NARROWEST = 8;
    private static final String GAP = " | ";

    private final List<Column> columns;
    private final int limit;
    private final int[] widths;

    /**
     * A column.
     *
     * @param right whether values stand at the right end, as numbers do
     */
    public record Column(String name, boolean right) {
        public static Column left(String name) {
            return new Column(name, false);
        }

        public static Column right(String name) {
            return new Column(name, true);
        }
    }

    /** Rows are at most {@code limit} cells wide as long as {@value #NARROWEST} are left for each column. */
    public TextTable(List<Column> columns, int limit) {
        this.columns = List.copyOf(columns);
        this.limit = limit;
        this.widths = columns.stream()
                .mapToInt(column -> DisplayText.width(DisplayText.visible(column.name())))
                .toArray();
        shrink();
    }

    /** A whole table with its header; one line per element. */
    public static List<String> lines(List<Column> columns, List<List<String>> rows, int limit) {
        TextTable table = new TextTable(columns, limit);
        table.measure(rows);
        List<String> lines = new ArrayList<>(table.header());
        rows.forEach(row -> lines.add(table.row(row)));
        return lines;
    }

    /** Makes room for these rows. */
    public void measure(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayText.width(DisplayText.visible(row.get(i))));
            }
        }
        shrink();
    }

    /** The names of the columns and a line below them. */
    public List<String> header() {
        List<String> names = columns.stream().map(Column::name).toList();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
        }
        return List.of(row(names), rule.toString());
    }

    public String row(List<String> cells) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String cell = DisplayText.visible(cells.get(i));
            String fitting = limit == UNLIMITED ? cell : DisplayText.fit(cell, widths[i]);
            shown.add(DisplayText.pad(fitting, widths[i], columns.get(i).right()));
        }
        return shown.stream().collect(Collectors.joining(GAP)).stripTrailing();
    }

    /** Takes from the widest column until the row fits. */
    private void shrink() {
        int total = GAP.length() * Math.max(0, widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        while (limit != UNLIMITED && total > limit) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths.length == 0 || widths[widest] <= NARROWEST) {
                return;
            }
            int excess = Math.min(total - limit, widths[widest] - Math.max(NARROWEST, secondWidest(widest)));
            int taken = Math.max(1, excess);
            widths[widest] -= taken;
            total -= taken;
        }
    }

    private int secondWidest(int widest) {
        int second = 0;
        for (int i = 0; i < widths.length; i++) {
            second = i != widest && widths[i] > second ? widths[i] : second;
        }
        return second;
    }
}
