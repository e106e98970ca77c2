package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.script.Token;
import io.millrace.flink.gateway.script.Tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables that a text mentions after words such as FROM, with their aliases; no parser, so half a text will do. */
final class Mentioned {
    private static final Set<String> BEFORE_TABLES = Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "OVERWRITE");
    private static final Set<String> AFTER_TABLES = Set.of(
            "ON",
            "WHERE",
            "GROUP",
            "ORDER",
            "JOIN",
            "LEFT",
            "RIGHT",
            "FULL",
            "INNER",
            "CROSS",
            "USING",
            "SELECT",
            "VALUES",
            "SET",
            "LIMIT",
            "UNION",
            "HAVING",
            "WINDOW",
            "FOR",
            "PARTITION",
            "NATURAL");

    private Mentioned() {}

    /**
     * A table in a text.
     *
     * @param path one to three names
     * @param alias the name it has in the statement
     */
    record Table(List<String> path, String alias) {}

    static List<Table> in(String sql) {
        List<Token> tokens = Tokens.of(sql);
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).kind() == Token.Kind.WORD
                    && BEFORE_TABLES.contains(tokens.get(i).upper())) {
                i = list(tokens, i + 1, tables) - 1;
            }
        }
        return tables;
    }

    /** Tables separated by commas; returns the index behind them. */
    private static int list(List<Token> tokens, int start, List<Table> tables) {
        int i = start;
        while (i < tokens.size() && isName(tokens.get(i))) {
            List<String> path = new ArrayList<>();
            path.add(tokens.get(i++).identifier());
            while (i + 1 < tokens.size()
                    && tokens.get(i).isSymbol('.')
                    && tokens.get(i + 1).isIdentifier()) {
                path.add(tokens.get(i + 1).identifier());
                i += 2;
            }
            String alias = path.get(path.size() - 1);
            if (i < tokens.size() && tokens.get(i).isWord("AS")) {
                i++;
            }
            if (i < tokens.size() && isName(tokens.get(i))) {
                alias = tokens.get(i++).identifier();
            }
            if (path.size() <= 3) {
                tables.add(new Table(List.copyOf(path), alias));
            }
            if (i >= tokens.size() || !tokens.get(i).isSymbol(',')) {
                return i;
            }
            i++;
        }
        return i;
    }

    private static boolean isName(Token token) {
        return token.kind() == Token.Kind.QUOTED
                || (token.kind() == Token.Kind.WORD
                        && !AFTER_TABLES.contains(token.upper())
                        && !BEFORE_TABLES.contains(token.upper()));
    }
}
