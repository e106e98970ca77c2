package io.millrace.cli.sql;

import io.millrace.cli.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a script at the semicolons that end statements. Those in strings, quoted names and comments do not, nor do
 * those between {@code STATEMENT SET} and its {@code END}: a statement set is one statement.
 */
public final class Script {
    private final String text;
    private final List<Token> tokens;
    private final List<Statement> statements = new ArrayList<>();

    /** Index of the first token of the current statement that is not blank; -1 before it. */
    private int first = -1;

    private int last = -1;

    private Script(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        split();
    }

    public static List<Statement> split(String text) {
        return List.copyOf(new Script(text).statements);
    }

    /** Whether nothing is missing: every statement has its semicolon, and nothing is left open. */
    static boolean complete(String text) {
        return unclosed(text).isEmpty() && split(text).stream().allMatch(Statement::terminated);
    }

    /** The string, quoted name or comment that the text ends within. */
    static Optional<Token> unclosed(String text) {
        return Lexer.tokens(text).stream().filter(token -> !token.closed()).findFirst();
    }

    private void split() {
        SetState set = SetState.OUTSIDE;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.blank()) {
                continue;
            }
            if (token.is(Kind.SEMICOLON)) {
                if (set == SetState.OUTSIDE) {
                    end(true);
                    continue;
                }
                set = SetState.AFTER_SEMICOLON;
            } else if (set == SetState.OUTSIDE) {
                set = opensSet(i) ? SetState.OPENED : set;
            } else {
                // END closes the set only where a statement could begin: CASE has an END too.
                set = set != SetState.INSIDE && isWord(token, "END") ? SetState.OUTSIDE : SetState.INSIDE;
            }
            first = first < 0 ? i : first;
            last = i;
        }
        end(false);
    }

    /** Whether the words up to {@code i} end with STATEMENT SET BEGIN, or are BEGIN STATEMENT SET. */
    private boolean opensSet(int i) {
        if (isWord(tokens.get(i), "BEGIN")) {
            return endsWith(i, List.of("BEGIN", "SET", "STATEMENT")) >= 0;
        }
        int begin = isWord(tokens.get(i), "SET") ? endsWith(i, List.of("SET", "STATEMENT", "BEGIN")) : -1;
        return begin >= 0 && begin == first;
    }

    /** Looks for words backwards from {@code i}; the index of the outermost, or -1. */
    private int endsWith(int i, List<String> words) {
        int at = i;
        int found = -1;
        for (String word : words) {
            while (at >= 0 && tokens.get(at).blank()) {
                at--;
            }
            if (at < 0 || !isWord(tokens.get(at), word)) {
                return -1;
            }
            found = at;
            at--;
        }
        return found;
    }

    private boolean isWord(Token token, String word) {
        return token.is(Kind.WORD) && token.in(text).equalsIgnoreCase(word);
    }

    private void end(boolean terminated) {
        if (first >= 0) {
            int start = tokens.get(first).start();
            Place place = Place.of(text, start);
            String statement = text.substring(start, tokens.get(last).end());
            statements.add(new Statement(statement, place.line(), place.column(), terminated));
        }
        first = -1;
        last = -1;
    }

    private enum SetState {
        /** Not in a statement set. */
        OUTSIDE,
        /** Just behind BEGIN STATEMENT SET or STATEMENT SET BEGIN. */
        OPENED,
        /** Behind a semicolon of the set, where END would close it. */
        AFTER_SEMICOLON,
        /** Within a statement of the set. */
        INSIDE
    }
}
