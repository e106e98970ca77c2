package io.millrace.server.logs;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.millrace.server.logs.Entries.Kept;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads what is new of a log, and hands it on without secrets, by whose it is, in parts of bounded size. */
final class LogTail {
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Attribution attribution;
    private final Instant since;
    private final Instant now;
    private final ZoneId zone;
    private final UnaryOperator<String> redact;
    private final Sink sink;
    private final Map<LogOwner, List<Kept>> pending = new LinkedHashMap<>();
    private int size;
    private long end;

    /** Keeps entries, and how far the file was read with them. */
    interface Sink {
        void keep(LogFile file, Map<LogOwner, List<Kept>> entries);
    }

    /** {@code since}: what is older is of no attempt that is looked after. */
    LogTail(Attribution attribution, Instant since, Instant now, ZoneId zone, UnaryOperator<String> redact, Sink sink) {
        this.attribution = attribution;
        this.since = since;
        this.now = now;
        this.zone = zone;
        this.redact = redact;
        this.sink = sink;
    }

    /**
     * Reads to the end.
     *
     * @param from how far it was read before
     * @return false when this is another file
     */
    boolean read(LogFile from, InputStream in) throws IOException {
        byte[] head = in.readNBytes(LogFile.HEAD);
        if (!from.begins(head)) {
            return false;
        }
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
        try {
            all.skipNBytes(from.position());
        } catch (EOFException shorter) {
            return true; // An answer from before: Flink keeps those of TaskManagers for some seconds.
        }
        EntryReader reader = new EntryReader(all, from.position(), zone);
        LogFile read = from.read(head, from.position(), from.stored(), now);
        for (Optional<EntryReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            take(entry.get(), from.stored());
            read = from.read(
                    head,
                    entry.get().start(),
                    Math.max(from.stored(), entry.get().end()),
                    now);
            if (size > MOST_AT_ONCE) {
                flush(read);
            }
        }
        flush(read);
        end = reader.position();
        return true;
    }

    /** How long the log was that was read last. */
    long end() {
        return end;
    }

    private void flush(LogFile file) {
        sink.keep(file, Map.copyOf(pending));
        pending.clear();
        size = 0;
    }

    private void take(EntryReader.Entry entry, long stored) {
        LogHeader header = entry.header();
        if (entry.end() <= stored || header.at().isBefore(since)) {
            return;
        }
        String whole = entry.text();
        Optional<LogOwner> owner = attribution.of(header, whole);
        boolean grew = entry.start() < stored
                && attribution.of(header, entry.until(stored)).equals(owner);
        owner.ifPresent(known -> {
            String text = redact.apply(grew ? entry.after(stored) : whole);
            Instant at = (header.at().isAfter(now) ? now : header.at()).truncatedTo(MILLIS);
            pending.computeIfAbsent(known, none -> new ArrayList<>()).add(new Kept(at, header.level(), text, grew));
            size += text.length();
        });
    }
}
