package io.millrace.cli.console;

import org.jline.utils.WCWidth;

/** Text as a terminal shows it: how wide it is, and without what would move the cursor or hide something. */
public final class DisplayText {
    private static final String ELLIPSIS = "…";

    private DisplayText() {}

    /** Line breaks, control characters and those that reverse the direction of writing become visible escapes. */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(DisplayText::hidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (!hidden(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(escape(point));
            }
        });
        return shown.toString();
    }

    /** The number of terminal cells: 2 for East Asian wide characters, 0 for combining ones. */
    public static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }

    /** The text, or as much of its beginning as fits with an ellipsis. */
    public static String fit(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int point : text.codePoints().toArray()) {
            int next = Math.max(0, WCWidth.wcwidth(point));
            if (used + next > width - 1) {
                break;
            }
            kept.appendCodePoint(point);
            used += next;
        }
        return kept.append(ELLIPSIS).toString();
    }

    /** The text with spaces up to the width: behind it, or before it when it belongs to the right. */
    public static String pad(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - width(text)));
        return right ? spaces + text : text + spaces;
    }

    private static boolean hidden(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static String escape(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> point < 0x100 ? String.format("\\x%02x", point) : String.format("\\u%04x", point);
        };
    }
}
