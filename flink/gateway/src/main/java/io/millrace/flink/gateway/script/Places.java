package io.millrace.flink.gateway.script;

import io.millrace.api.sql.Span;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Translates offsets in a text into lines and columns. */
public final class Places {
    private final List<Integer> lineStarts = new ArrayList<>();

    public Places(String text) {
        lineStarts.add(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                lineStarts.add(i + 1);
            }
        }
    }

    /** The part from {@code start} to before {@code end}; an empty part becomes its first character. */
    public Span span(int start, int end) {
        int last = Math.max(start, end - 1);
        int line = line(start);
        int endLine = line(last);
        return new Span(line + 1, start - lineStarts.get(line) + 1, endLine + 1, last - lineStarts.get(endLine) + 1);
    }

    private int line(int offset) {
        int found = Collections.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }
}
