package io.millrace.dist.demo;

import static io.millrace.cli.console.TextTable.Column.left;
import static io.millrace.cli.console.TextTable.Column.right;

import io.millrace.cli.console.TextTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result for people. */
final class DemoReport {
    private DemoReport() {}

    static List<String> lines(DemoResult result, String console, int width) {
        List<String> lines = new ArrayList<>();
        lines.addAll(TextTable.lines(
                List.of(left("what"), right("count")),
                List.of(
                        List.of("lines", count(result.lines())),
                        List.of("  quarantined", count(result.quarantined())),
                        List.of("  detail", count(result.detail())),
                        List.of("page views", count(result.pageViews())),
                        List.of("visitors", count(result.visitors())),
                        List.of("requests of bots", count(result.bots()))),
                width));
        lines.add("");
        lines.addAll(TextTable.lines(
                List.of(left("status"), right("requests")),
                result.statuses().entrySet().stream()
                        .map(status -> List.of(status.getKey(), count(status.getValue())))
                        .toList(),
                width));
        lines.add("");
        lines.addAll(TextTable.lines(
                List.of(left("top pages"), right("views")),
                result.topPages().stream()
                        .map(page -> List.of(page.path(), count(page.views())))
                        .toList(),
                width));
        lines.add("");
        lines.add("The streaming result equals the offline result, row by row.");
        lines.add(String.format(
                Locale.ROOT,
                "Stack started in %.1f s, example ran in %.1f s; stack and jobs go on running.",
                result.seconds().start(),
                result.seconds().run()));
        lines.add("Console: " + console);
        return lines;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
