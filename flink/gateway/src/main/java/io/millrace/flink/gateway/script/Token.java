package io.millrace.flink.gateway.script;

import java.util.Locale;

/**
 * A word of SQL text.
 *
 * @param start offset of its first character
 * @param end offset behind its last character
 */
public record Token(Kind kind, String text, int start, int end) {
    /** What a token is. */
    public enum Kind {
        /** A keyword or an unquoted identifier. */
        WORD,
        /** An identifier in backticks. */
        QUOTED,
        /** A text literal. */
        STRING,
        NUMBER,
        /** A single other character, such as a dot or a semicolon. */
        SYMBOL,
        /** An optimizer hint. */
        HINT
    }

    /** Whether this is the given keyword, in any case. */
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    public boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** The identifier without its backticks. */
    public String identifier() {
        if (kind != Kind.QUOTED) {
            return text;
        }
        String inner = text.substring(1, text.endsWith("`") && text.length() > 1 ? text.length() - 1 : text.length());
        return inner.replace("``", "`");
    }

    public String upper() {
        return text.toUpperCase(Locale.ROOT);
    }
}
