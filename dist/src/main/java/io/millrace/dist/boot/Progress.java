package io.millrace.dist.boot;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.stack.Entry;
import io.millrace.dist.stack.PartState;
import io.millrace.dist.stack.StackRecord;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Shows a start: on a terminal as lines that change in place, elsewhere as a line for each change. */
final class Progress {
    private final PrintStream out;
    private final boolean terminal;
    private final long startedAt = System.nanoTime();
    private final Map<String, PartState> shown = new HashMap<>();
    private final Map<String, String> reachedAfter = new HashMap<>();
    private int lines;

    Progress(PrintStream out, boolean terminal) {
        this.out = requireNonNull(out, "out");
        this.terminal = terminal;
    }

    synchronized void show(StackRecord record) {
        for (Entry entry : record.processes()) {
            if (shown.put(entry.name(), entry.state()) != entry.state()) {
                reachedAfter.put(entry.name(), elapsed());
                if (!terminal && entry.state() != PartState.WAITING) {
                    out.println(line(entry));
                }
            }
        }
        if (terminal) {
            redraw(record);
        }
    }

    /** Nothing more comes. */
    synchronized void end() {
        lines = 0;
    }

    private void redraw(StackRecord record) {
        var text = new StringBuilder();
        if (lines > 0) {
            text.append("\u001b[").append(lines).append('A');
        }
        for (Entry entry : record.processes()) {
            text.append("\r\u001b[K").append(line(entry)).append('\n');
        }
        lines = record.processes().size();
        out.print(text);
        out.flush();
    }

    private String line(Entry entry) {
        boolean moving = terminal && (entry.state() == PartState.STARTING || entry.state() == PartState.WAITING);
        String time = moving ? elapsed() : reachedAfter.getOrDefault(entry.name(), elapsed());
        return String.format(
                Locale.ROOT,
                "  %-12s %-12s %8s",
                entry.name(),
                entry.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                time);
    }

    private String elapsed() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startedAt) / 1e9);
    }
}
