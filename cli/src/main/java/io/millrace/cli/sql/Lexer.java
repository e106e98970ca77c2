package io.millrace.cli.sql;

import io.millrace.cli.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts Flink SQL into tokens by the rules of its parser: {@code ''} inside strings, backslashes inside {@code E'…'},
 * {@code ``} inside quoted names, {@code --} and {@code //} comments, block comments that do not nest. Never fails: what
 * it does not know is a symbol. The tokens cover the whole text.
 */
final class Lexer {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            run(Kind.SPACE, at, Character::isWhitespace);
        } else if (text.startsWith("--", at) || slashComment()) {
            run(Kind.COMMENT, at, ch -> ch != '\n' && ch != '\r');
        } else if (text.startsWith("/*", at)) {
            int close = text.indexOf("*/", at + 2);
            // A hint is a part of its statement, also at the end of it.
            Kind kind = text.startsWith("/*+", at) && close >= 0 ? Kind.SYMBOL : Kind.COMMENT;
            add(kind, close < 0 ? text.length() : close + 2, close >= 0);
        } else if (c == '\'') {
            quoted(Kind.STRING, at, c, false);
        } else if (c == '`') {
            quoted(Kind.NAME, at, c, false);
        } else if (c == '"') {
            doubleQuoted();
        } else if (c == ';') {
            add(Kind.SEMICOLON, at + 1, true);
        } else if (Character.isDigit(c)) {
            run(Kind.NUMBER, at, ch -> Character.isLetterOrDigit(ch) || ch == '.');
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else {
            add(Kind.SYMBOL, at + 1, true);
        }
    }

    /** Two slashes begin a comment, but not within an address without quotes. */
    private boolean slashComment() {
        return text.startsWith("//", at) && (at == 0 || text.charAt(at - 1) != ':');
    }

    private void word() {
        char c = text.charAt(at);
        boolean escapes = (c == 'E' || c == 'e') && at + 1 < text.length() && text.charAt(at + 1) == '\'';
        if (escapes) {
            quoted(Kind.STRING, at + 1, '\'', true);
        } else {
            run(Kind.WORD, at, Character::isJavaIdentifierPart);
        }
    }

    /** Double quotes are an error in Flink SQL: only a pair on one line hides what is in it, a lone one hides nothing. */
    private void doubleQuoted() {
        int close = text.indexOf('"', at + 1);
        int newline = text.indexOf('\n', at);
        if (close < 0 || (newline >= 0 && newline < close)) {
            add(Kind.SYMBOL, at + 1, true);
        } else {
            add(Kind.STRING, close + 1, true);
        }
    }

    private void quoted(Kind kind, int open, char quote, boolean escapes) {
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (escapes && c == '\\') {
                i += 2;
            } else if (c == quote && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i += 2;
            } else if (c == quote) {
                add(kind, i + 1, true);
                return;
            } else {
                i++;
            }
        }
        add(kind, text.length(), false);
    }

    private void run(Kind kind, int from, Chars belongs) {
        int end = from;
        while (end < text.length() && belongs.test(text.charAt(end))) {
            end++;
        }
        add(kind, end, true);
    }

    private void add(Kind kind, int end, boolean closed) {
        tokens.add(new Token(kind, at, end, closed));
        at = end;
    }

    private interface Chars {
        boolean test(char c);
    }
}
