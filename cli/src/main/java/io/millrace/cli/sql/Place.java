package io.millrace.cli.sql;

/** A place in a text; line and column from 1. */
record Place(int line, int column) {
    static Place of(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, offset - lineStart + 1);
    }

    /** Where a place in a part of a text lies in the whole text, when the part begins at {@code start}. */
    static Place within(Place start, int line, int column) {
        return line == 1 ? new Place(start.line, start.column + column - 1) : new Place(start.line + line - 1, column);
    }
}
