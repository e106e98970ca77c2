package io.millrace.flink.gateway.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens by the lexical rules of Flink's parser: comments ({@code --}, {@code //}, and between
 * slash-asterisks), text literals with doubled quotes, identifiers in backticks. Never fails: what is not closed
 * reaches to the end of the text, so that text still being typed can be cut too.
 */
public final class Tokens {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    public static List<Token> of(String text) {
        Tokens tokens = new Tokens(text);
        while (tokens.at < text.length()) {
            tokens.next();
        }
        return List.copyOf(tokens.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at) || startsSlashComment()) {
            at = endOr(text.indexOf('\n', at), 1);
        } else if (text.startsWith("/*+", at)) {
            add(Token.Kind.HINT, endOr(text.indexOf("*/", at + 3), 2));
        } else if (text.startsWith("/*", at)) {
            at = endOr(text.indexOf("*/", at + 2), 2);
        } else if (c == '\'') {
            add(Token.Kind.STRING, endOfQuoted(c));
        } else if (c == '`') {
            add(Token.Kind.QUOTED, endOfQuoted(c));
        } else if (Character.isDigit(c)) {
            add(Token.Kind.NUMBER, endOfWord());
        } else if (Character.isUnicodeIdentifierStart(c) || c == '_' || c == '$') {
            add(Token.Kind.WORD, endOfWord());
        } else {
            add(Token.Kind.SYMBOL, at + 1);
        }
    }

    /** Two slashes begin a comment, but not in the unquoted address of a SET command. */
    private boolean startsSlashComment() {
        int before = at - 1;
        while (before >= 0 && text.charAt(before) == '/') {
            before--;
        }
        return text.startsWith("//", at) && (before < 0 || text.charAt(before) != ':');
    }

    private void add(Token.Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), at, end));
        at = end;
    }

    private int endOr(int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private int endOfQuoted(char quote) {
        int end = at + 1;
        while (end < text.length()) {
            if (text.charAt(end) == quote) {
                if (end + 1 == text.length() || text.charAt(end + 1) != quote) {
                    return end + 1;
                }
                end++;
            }
            end++;
        }
        return text.length();
    }

    private int endOfWord() {
        int end = at + 1;
        while (end < text.length()
                && (Character.isUnicodeIdentifierPart(text.charAt(end)) || text.charAt(end) == '$')) {
            end++;
        }
        return end;
    }
}
