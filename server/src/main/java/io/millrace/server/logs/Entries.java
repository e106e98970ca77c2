package io.millrace.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.job.LogLevel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How entries are written in a chunk: each after a mark that no text has, with its time and level. */
final class Entries {
    private static final char MARK = '\u0001';

    private Entries() {}

    /**
     * What is kept of an entry.
     *
     * @param continues whether it is the rest of the one before
     */
    record Kept(Instant at, LogLevel level, String text, boolean continues) {
        Kept(Instant at, LogLevel level, String text) {
            this(at, level, text, false);
        }
    }

    static void write(StringBuilder chunk, Kept entry) {
        if (!entry.continues() || chunk.isEmpty()) {
            chunk.append(MARK)
                    .append(entry.at().toEpochMilli())
                    .append(' ')
                    .append(entry.level())
                    .append('\n');
        }
        chunk.append(entry.text()).append('\n');
    }

    /** How levels are stored. */
    static int severity(LogLevel level) {
        return switch (level) {
            case TRACE -> 0;
            case DEBUG -> 1;
            case INFO -> 2;
            case WARN -> 3;
            case ERROR -> 4;
            case FATAL -> 5;
        };
    }

    /** In their order. An entry that says that it is older than the one before gets that one's time. */
    static List<Kept> read(String chunk) {
        List<Kept> entries = new ArrayList<>();
        Instant latest = Instant.MIN;
        int start = 0;
        while (start < chunk.length()) {
            int end = chunk.indexOf(MARK, start + 1);
            end = end < 0 ? chunk.length() : end;
            int space = chunk.indexOf(' ', start);
            int line = chunk.indexOf('\n', start);
            Instant at = Instant.ofEpochMilli(Long.parseLong(chunk.substring(start + 1, space)));
            latest = at.isAfter(latest) ? at : latest;
            LogLevel level = LogLevel.valueOf(chunk.substring(space + 1, line));
            entries.add(new Kept(latest, level, chunk.substring(line + 1, end - 1)));
            start = end;
        }
        return entries;
    }

    static byte[] pack(String chunk) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(chunk.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String unpack(byte[] packed) {
        try (var bytes = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(bytes.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
