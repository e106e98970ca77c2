package io.millrace.server.logs;

import io.millrace.api.job.LogLevel;
import io.millrace.server.logs.Entries.Kept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Finds entries in chunks, in the order of time: chunks overlap, so those that may have the next entry are merged. A page
 * ends when it is full, or when enough was searched for it.
 */
final class LogSearch {
    /** So many chunks are known at a time. */
    static final int MOST_CHUNKS = 1_000;

    /** So many characters are searched for a page, and so many answered, more or less. */
    private static final long MOST_SEARCHED = 64 << 20;

    private static final long MOST_ANSWERED = 4 << 20;

    private final Source source;
    private final Query query;
    private final Predicate<Found> visible;
    private final Comparator<Place> order;

    /** Chunks that may have what is asked for. */
    interface Source {
        /** In the order of their beginnings, or of their ends when the newest come first; at most MOST_CHUNKS. */
        List<Chunk> chunks(Query query);

        String text(Chunk chunk);
    }

    /** {@code job} is the id of the attempt that it is about, or empty. */
    record Chunk(long id, String target, String process, LogOwner owner, Instant first, Instant last) {}

    /**
     * What is asked for.
     *
     * @param text in any case
     * @param level this or more serious
     */
    record Query(
            Optional<String> text,
            LogLevel level,
            Optional<String> process,
            Instant from,
            Instant until,
            boolean newestFirst) {
        Query after(Place place) {
            return newestFirst
                    ? new Query(text, level, process, from, place.at(), true)
                    : new Query(text, level, process, place.at(), until, false);
        }
    }

    /** Where an entry stands among all. */
    record Place(Instant at, long chunk, int index) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::at)
                    .thenComparingLong(Place::chunk)
                    .thenComparingInt(Place::index)
                    .compare(this, other);
        }
    }

    record Found(Place place, Chunk chunk, Kept entry) {}

    /** {@code more} is the place after which it goes on. */
    record Result(List<Found> found, Optional<Place> more) {}

    /** {@code visible} says what may be read of what is in the chunks. */
    LogSearch(Source source, Query query, Predicate<Found> visible) {
        this.source = source;
        this.query = query;
        this.visible = visible;
        this.order = query.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    /** An opened chunk. */
    private record Cursor(Chunk chunk, List<Kept> entries, int index) {
        Place place() {
            return new Place(entries.get(index).at(), chunk.id(), index);
        }
    }

    Result page(Optional<Place> after, int size) {
        List<Chunk> chunks = source.chunks(after.map(query::after).orElse(query));
        boolean all = chunks.size() < MOST_CHUNKS;
        PriorityQueue<Cursor> open = new PriorityQueue<>(Comparator.comparing(Cursor::place, order));
        List<Found> found = new ArrayList<>();
        Optional<Place> last = after;
        long searched = 0;
        long answered = 0;
        int next = 0;
        while (found.size() < size && answered < MOST_ANSWERED) {
            while (next < chunks.size() && (open.isEmpty() || mayComeBefore(chunks.get(next), open.peek()))) {
                if (searched > MOST_SEARCHED && !last.equals(after)) {
                    return new Result(found, last);
                }
                searched += open(chunks.get(next++), after, open);
            }
            Cursor cursor = open.poll();
            boolean beyond = !all && next == chunks.size() && !last.equals(after);
            if (cursor == null || (beyond && mayComeBefore(chunks.get(next - 1), cursor))) {
                return new Result(found, all && cursor == null ? Optional.empty() : last);
            }
            last = Optional.of(cursor.place());
            Found one =
                    new Found(cursor.place(), cursor.chunk(), cursor.entries().get(cursor.index()));
            if (matches(one)) {
                found.add(one);
                answered += one.entry().text().length();
            }
            int following = cursor.index() + (query.newestFirst() ? -1 : 1);
            if (following >= 0 && following < cursor.entries().size()) {
                open.add(new Cursor(cursor.chunk(), cursor.entries(), following));
            }
        }
        return new Result(found, open.isEmpty() && next == chunks.size() && all ? Optional.empty() : last);
    }

    private boolean mayComeBefore(Chunk chunk, Cursor cursor) {
        Instant at = cursor.place().at();
        return query.newestFirst() ? !chunk.last().isBefore(at) : !chunk.first().isAfter(at);
    }

    /** From the first entry behind {@code after}; answers how much there is to search. */
    private int open(Chunk chunk, Optional<Place> after, PriorityQueue<Cursor> open) {
        String text = source.text(chunk);
        List<Kept> entries = Entries.read(text);
        for (int i = 0; i < entries.size(); i++) {
            int index = query.newestFirst() ? entries.size() - 1 - i : i;
            Cursor cursor = new Cursor(chunk, entries, index);
            if (after.isEmpty() || order.compare(cursor.place(), after.get()) > 0) {
                open.add(cursor);
                break;
            }
        }
        return text.length();
    }

    private boolean matches(Found one) {
        Kept entry = one.entry();
        return entry.level().compareTo(query.level()) >= 0
                && !entry.at().isBefore(query.from())
                && !entry.at().isAfter(query.until())
                && query.text()
                        .map(wanted -> entry.text().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                        .orElse(true)
                && visible.test(one);
    }
}
