package io.millrace.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Splits a log into entries and knows where each is in its file. A line without an end is not read yet. */
final class EntryReader {
    /** Longer ones are cut. */
    static final int LONGEST_LINE = 16 << 10;

    private static final int MOST_LINES = 1_000;
    private static final String CUT = "…";

    private final InputStream in;
    private final ZoneId zone;
    private final byte[] buffer = new byte[64 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private int next;
    private int end;
    private Optional<Entry> open = Optional.empty();

    /** {@code position} is that of the first byte of {@code in}. */
    EntryReader(InputStream in, long position, ZoneId zone) {
        this.in = in;
        this.position = position;
        this.zone = zone;
    }

    /** {@code end} is the place behind it. */
    record Line(long end, String text) {}

    /** {@code start} is the place of its first line. */
    record Entry(LogHeader header, long start, List<Line> lines) {
        long end() {
            return lines.get(lines.size() - 1).end();
        }

        String text() {
            return after(0);
        }

        /** Its lines that end behind that place. */
        String after(long place) {
            return lines.stream()
                    .filter(line -> line.end() > place)
                    .map(Line::text)
                    .collect(Collectors.joining("\n"));
        }

        /** Its lines that do not. */
        String until(long place) {
            return lines.stream()
                    .filter(line -> line.end() <= place)
                    .map(Line::text)
                    .collect(Collectors.joining("\n"));
        }

        private void add(Line line) {
            if (lines.size() < MOST_LINES) {
                lines.add(line);
            } else {
                lines.set(MOST_LINES - 1, new Line(line.end(), CUT));
            }
        }
    }

    /** Behind the last line. */
    long position() {
        return position;
    }

    /** Empty at the end. Lines before the first entry are nobody's. */
    Optional<Entry> next() throws IOException {
        while (true) {
            long start = position;
            Optional<String> text = line();
            if (text.isEmpty()) {
                Optional<Entry> last = open;
                open = Optional.empty();
                return last;
            }
            Line read = new Line(position, text.get());
            Optional<LogHeader> header = LogHeader.of(read.text(), zone);
            if (header.isEmpty()) {
                open.ifPresent(entry -> entry.add(read));
                continue;
            }
            Optional<Entry> before = open;
            open = Optional.of(new Entry(header.get(), start, new ArrayList<>(List.of(read))));
            if (before.isPresent()) {
                return before;
            }
        }
    }

    /** Without its end, and without what would move a cursor. */
    private Optional<String> line() throws IOException {
        line.reset();
        long length = 0;
        while (true) {
            if (next == end) {
                next = 0;
                end = in.read(buffer);
                if (end <= 0) {
                    end = 0;
                    return Optional.empty();
                }
            }
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            int room = Math.max(0, LONGEST_LINE - line.size());
            line.write(buffer, from, Math.min(room, next - from));
            length += next - from;
            if (next < end) {
                next++;
                position += length + 1;
                return Optional.of(plain(line.toString(UTF_8)) + (length > LONGEST_LINE ? CUT : ""));
            }
        }
    }

    /** Colours are left out, other control characters are made visible. */
    static String plain(String text) {
        String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (bare.chars().noneMatch(EntryReader::hidden)) {
            return bare;
        }
        StringBuilder plain = new StringBuilder();
        bare.replaceAll("\u001b\\[[0-9;]*m", "")
                .chars()
                .forEach(each -> plain.append(hidden(each) ? '\ufffd' : (char) each));
        return plain.toString();
    }

    private static boolean hidden(int each) {
        return each != '\t' && Character.isISOControl(each);
    }
}
