package io.millrace.flink.gateway.script;

import io.millrace.api.sql.Span;

import java.util.List;

/**
 * One statement of a script, without leading and trailing comments and without its semicolon.
 *
 * @param text the statement as written
 * @param members the statements of a {@code BEGIN STATEMENT SET; … END}; empty for every other statement, also for
 *     {@code EXECUTE STATEMENT SET BEGIN … END}, which Flink's parser takes as a whole
 */
public record Piece(String text, Places places, int start, List<Piece> members) {
    public Piece {
        members = List.copyOf(members);
    }

    /** Whether this is a {@code BEGIN STATEMENT SET; … END}. */
    public boolean isBlock() {
        return !members.isEmpty();
    }

    /** Where the statement stands in the script. */
    public Span span() {
        return places.span(start, start + text.length());
    }

    /** A place that the parser counted from the beginning of this statement, as a place in the script. */
    public Span span(int line, int column, int endLine, int endColumn) {
        Span first = places.span(start, start + 1);
        return new Span(
                line + first.line() - 1,
                line == 1 ? column + first.column() - 1 : column,
                endLine + first.line() - 1,
                endLine == 1 ? endColumn + first.column() - 1 : endColumn);
    }
}
