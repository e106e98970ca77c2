package io.millrace.dist.drill;

import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import io.millrace.dist.drill.Outcome.Verdict;
import io.millrace.dist.drill.Trial.Options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people read at the end: what was injected, what was found, and how to see it again. */
final class DrillReport {
    private static final List<Column> COLUMNS =
            List.of(Column.left("drill"), Column.left("verdict"), Column.left("injected"), Column.left("found"));
    private static final int WIDEST = 60;

    private DrillReport() {}

    static List<String> list(List<Drill> drills) {
        return TextTable.lines(
                List.of(Column.left("drill"), Column.left("what happens"), Column.left("its negative control")),
                drills.stream()
                        .map(drill -> List.of(
                                drill.id(), drill.title(), drill.control().breaks()))
                        .toList(),
                TextTable.UNLIMITED);
    }

    static List<String> lines(List<Outcome> outcomes, Options options) {
        List<List<String>> rows = outcomes.stream().flatMap(DrillReport::rows).toList();
        List<String> lines = new ArrayList<>(TextTable.lines(COLUMNS, rows, TextTable.UNLIMITED));
        lines.add("");
        lines.add(Arrays.stream(Verdict.values())
                .map(verdict -> outcomes.stream()
                                .filter(outcome -> outcome.verdict() == verdict)
                                .count()
                        + " " + verdict.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", options.control() ? "Negative controls: " : "Drills: ", ".")));
        outcomes.stream()
                .filter(outcome -> outcome.verdict() == Verdict.FAILED)
                .map(outcome -> "Again: " + DrillRunner.command(outcome.drill(), options))
                .forEach(lines::add);
        return lines;
    }

    private static Stream<List<String>> rows(Outcome outcome) {
        List<String> injected = outcome.injected().entrySet().stream()
                .flatMap(entry -> wrapped(entry.getValue() + " × " + entry.getKey()).stream())
                .toList();
        List<String> found = Stream.concat(
                        outcome.found().stream(), Stream.of(outcome.reason()).filter(reason -> !reason.isEmpty()))
                .flatMap(text -> wrapped(text).stream())
                .toList();
        List<String> verdict = List.of(outcome.verdict().toString(), seconds(outcome.took()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(2, Math.max(injected.size(), found.size())); i++) {
            rows.add(List.of(i == 0 ? outcome.drill().id() : "", at(verdict, i), at(injected, i), at(found, i)));
        }
        return rows.stream();
    }

    private static String at(List<String> lines, int i) {
        return i < lines.size() ? lines.get(i) : "";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.0f s", time.toMillis() / 1000.0);
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDEST) {
                lines.add(line.toString());
                line.setLength(0);
                line.append("  ");
            }
            line.append(line.length() == 0 || line.toString().isBlank() ? "" : " ")
                    .append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
