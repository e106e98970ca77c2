package io.millrace.cli.sql;

/**
 * A piece of SQL text that belongs together.
 *
 * @param start of the first character, from 0
 * @param end behind the last character
 * @param closed false for a string, quoted name or comment that the text ends within
 */
record Token(Kind kind, int start, int end, boolean closed) {
    /** What a piece of text is, as far as one can tell without knowing the grammar. */
    enum Kind {
        SPACE,
        COMMENT,
        /** A keyword or a name without quotes. */
        WORD,
        NUMBER,
        /** Text in single or double quotes. */
        STRING,
        /** A name in backticks. */
        NAME,
        SEMICOLON,
        /** Any other single character. */
        SYMBOL
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether the parser skips it. */
    boolean blank() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    String in(String text) {
        return text.substring(start, end);
    }
}
