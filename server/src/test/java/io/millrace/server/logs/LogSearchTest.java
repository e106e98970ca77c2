package io.millrace.server.logs;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.LogLevel;
import io.millrace.server.logs.Entries.Kept;
import io.millrace.server.logs.LogSearch.Chunk;
import io.millrace.server.logs.LogSearch.Place;
import io.millrace.server.logs.LogSearch.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class LogSearchTest {
    private static final Instant END = NOON.plus(Duration.ofDays(1));
    private static final Query ALL =
            new Query(Optional.empty(), LogLevel.TRACE, Optional.empty(), Instant.EPOCH, END, false);

    private final Map<Chunk, String> chunks = new LinkedHashMap<>();

    /** As the metastore does it. */
    private final LogSearch.Source source = new LogSearch.Source() {
        @Override
        public List<Chunk> chunks(Query query) {
            return chunks.keySet().stream()
                    .filter(chunk -> !chunk.last().isBefore(query.from())
                            && !chunk.first().isAfter(query.until()))
                    .sorted(
                            query.newestFirst()
                                    ? Comparator.comparing(Chunk::last)
                                            .thenComparing(Chunk::id)
                                            .reversed()
                                    : Comparator.comparing(Chunk::first).thenComparing(Chunk::id))
                    .limit(LogSearch.MOST_CHUNKS)
                    .toList();
        }

        @Override
        public String text(Chunk chunk) {
            return chunks.getOrDefault(chunk, "");
        }
    };

    /** Entries a second apart, or so. */
    private void chunk(String process, int... seconds) {
        StringBuilder text = new StringBuilder();
        for (int second : seconds) {
            LogLevel level = second % 2 == 0 ? LogLevel.INFO : LogLevel.WARN;
            Entries.write(text, new Kept(NOON.plusSeconds(second), level, process + " " + second));
        }
        Instant last = NOON.plusSeconds(seconds[seconds.length - 1]);
        chunks.put(
                new Chunk(chunks.size() + 1, "local", process, LogOwner.CLUSTER, NOON.plusSeconds(seconds[0]), last),
                text.toString());
    }

    private List<String> pages(Query query, int size) {
        LogSearch search = new LogSearch(source, query, found -> true);
        List<String> texts = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        do {
            LogSearch.Result result = search.page(after, size);
            assertThat(result.found().size()).isLessThanOrEqualTo(size);
            result.found().forEach(one -> texts.add(one.entry().text()));
            after = result.more();
        } while (after.isPresent());
        return texts;
    }

    private static Query newestFirst(Query query) {
        return new Query(query.text(), query.level(), query.process(), query.from(), query.until(), true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void mergesWhatProcessesWroteAtTheSameTime(int size) {
        chunk("a", 1, 4, 7);
        chunk("b", 2, 3, 8);
        chunk("a", 7, 9);
        chunk("c", 10, 11);

        List<String> texts = pages(ALL, size);

        assertThat(texts).containsExactly("a 1", "b 2", "b 3", "a 4", "a 7", "a 7", "b 8", "a 9", "c 10", "c 11");
        Collections.reverse(texts);
        assertThat(pages(newestFirst(ALL), size)).isEqualTo(texts);
    }

    @Test
    void findsTextInAnyCaseLevelsAndTimes() {
        chunk("a", 1, 2, 3);
        chunk("b", 1, 2, 3);

        Query asked = new Query(
                Optional.of("A "), LogLevel.WARN, Optional.empty(), NOON.plusSeconds(2), NOON.plusSeconds(3), false);

        assertThat(pages(asked, 1)).containsExactly("a 3");
        assertThat(pages(newestFirst(asked), 1)).containsExactly("a 3");
    }

    @Test
    void shownIsOnlyWhatIsVisible() {
        chunk("a", 1, 2, 3);

        LogSearch search =
                new LogSearch(source, ALL, found -> found.entry().at().equals(NOON.plusSeconds(2)));

        assertThat(search.page(Optional.empty(), 10).found()).hasSize(1);
    }

    @Test
    void goesOnWhereThereAreMoreChunksThanAreLookedAtTogether() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2 * LogSearch.MOST_CHUNKS + 10; i++) {
            chunk("a", 2 * i, 2 * i + 1);
            expected.add("a " + 2 * i);
            expected.add("a " + (2 * i + 1));
        }

        assertThat(pages(ALL, 1_000)).isEqualTo(expected);
        Collections.reverse(expected);
        assertThat(pages(newestFirst(ALL), 1_000)).isEqualTo(expected);
    }
}
