package io.millrace.cli.console;

/** RFC 4180. */
public final class Csv {
    private Csv() {}

    /** A text as a field, in quotes where they are needed; an empty text too, because an empty field is no value. */
    public static String field(String text) {
        boolean quotes = text.isEmpty()
                || text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                || !text.equals(text.strip());
        return quotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
