package io.millrace.cli.sql;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.cli.console.DisplayText;
import io.millrace.cli.console.Failures;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows what is wrong with a statement where it stands: the place, the message, the line and a caret below it.
 *
 * @param file the name of the script; null for statements of a prompt or an option
 * @param script the whole text
 */
record SqlProblems(@Nullable String file, String script) {

    /** A problem that the server found in a statement of the script. */
    List<String> lines(Statement statement, Problem problem) {
        if (problem.errors().isEmpty()) {
            return List.of(prefix(new Place(statement.line(), statement.column()), false) + problem.detail());
        }
        List<String> lines = new ArrayList<>();
        for (ProblemDetail flaw : problem.errors()) {
            lines.addAll(lines(statement, flaw));
        }
        return lines;
    }

    /** Something that is never closed. */
    List<String> unclosed(Token token) {
        String what = switch (token.kind()) {
            case COMMENT -> "The comment";
            case NAME -> "The quoted name";
            default -> "The text";
        };
        Place place = Place.of(script, token.start());
        List<String> lines = new ArrayList<>();
        lines.add(prefix(place, true) + what + " that begins here is never closed.");
        lines.addAll(caret(place, 1));
        return lines;
    }

    private List<String> lines(Statement statement, ProblemDetail flaw) {
        if (flaw.line() == null || flaw.column() == null || isWhole(statement, flaw)) {
            Place start = new Place(statement.line(), statement.column());
            return List.of(prefix(start, false) + Failures.withHint(flaw));
        }
        Place start = new Place(statement.line(), statement.column());
        Place place = Place.within(start, flaw.line(), flaw.column());
        boolean oneLine = flaw.endLine() != null && flaw.endLine().equals(flaw.line()) && flaw.endColumn() != null;
        int length = oneLine ? flaw.endColumn() - flaw.column() + 1 : 1;
        List<String> lines = new ArrayList<>();
        lines.add(prefix(place, true) + Failures.withHint(flaw));
        lines.addAll(caret(place, Math.max(1, length)));
        return lines;
    }

    /** A mark below all of a statement shows nothing that its line does not. */
    private static boolean isWhole(Statement statement, ProblemDetail flaw) {
        if (flaw.endLine() == null || flaw.endColumn() == null) {
            return false;
        }
        Place last = Place.of(statement.text(), statement.text().length() - 1);
        return flaw.line() == 1
                && flaw.column() == 1
                && flaw.endLine() >= last.line()
                && flaw.endColumn() >= last.column();
    }

    private String prefix(Place place, boolean exact) {
        if (file != null) {
            return file + ":" + place.line() + (exact ? ":" + place.column() : "") + ": ";
        }
        boolean oneLine = script.strip().lines().count() <= 1;
        if (!exact) {
            return oneLine ? "" : "line " + place.line() + ": ";
        }
        return (oneLine ? "" : "line " + place.line() + ", ") + "column " + place.column() + ": ";
    }

    /** The line with a mark below; nothing when the place is outside the text. */
    private List<String> caret(Place place, int length) {
        List<String> source = script.lines().toList();
        if (place.line() > source.size()) {
            return List.of();
        }
        String line = source.get(place.line() - 1);
        int start = Math.min(place.column() - 1, line.length());
        int end = Math.max(start, Math.min(line.length(), start + length));
        String before = shown(line.substring(0, start));
        int width = Math.max(1, DisplayText.width(shown(line.substring(start, end))));
        return List.of("  " + shown(line), "  " + " ".repeat(DisplayText.width(before)) + "^".repeat(width));
    }

    private static String shown(String line) {
        return DisplayText.visible(line.replace('\t', ' '));
    }
}
