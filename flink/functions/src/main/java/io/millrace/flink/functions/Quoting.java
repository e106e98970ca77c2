package io.millrace.flink.functions;

/** Undoes what a server escapes inside the quoted fields of a log line. */
final class Quoting {
    private Quoting() {}

    /**
     * Turns {@code \"} and {@code \\} back into the character. Escaped bytes such as {@code \xe4} stay as they are: which
     * characters they were can't be known.
     */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                i++;
                c = text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
