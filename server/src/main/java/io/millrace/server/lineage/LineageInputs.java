package io.millrace.server.lineage;

import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Direction;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What query parameters mean. */
final class LineageInputs {
    private LineageInputs() {}

    /** A full name as people write it in SQL: {@code catalog.database.table}, with backticks where needed. */
    static TablePath table(@Nullable String text) {
        List<String> parts = parts(text == null ? "" : text.strip());
        if (parts.size() != 3) {
            throw invalid("say which table as catalog.database.table");
        }
        try {
            return TablePath.of(parts.get(0), parts.get(1), parts.get(2));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '`') {
                part.append(c);
                i++;
            } else if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static Direction direction(String text) {
        try {
            return Direction.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "direction is UPSTREAM, DOWNSTREAM or BOTH.",
                    List.of(Flaw.at("/direction", "none of these")));
        }
    }

    static int depth(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "depth is a number.", List.of(Flaw.at("/depth", "not a number")));
        }
    }

    private static MillraceException invalid(String what) {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID,
                "table: " + what + ".",
                List.of(Flaw.at("/table", "not a table's full name")));
    }
}
