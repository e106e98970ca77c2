package io.millrace.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FlinkJobId;
import org.junit.jupiter.api.Test;

class LogExcerptTest {
    private static final String MINE = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private static String excerpt(String log, int most) {
        return LogExcerpt.of(log, new FlinkJobId(MINE), most);
    }

    @Test
    void hasWhatIsAboutTheJobAndWhatIsEverybodysTrouble() {
        String log = """
                \tat the.end.of.an.entry.Whose(Beginning.java:1)
                2026-06-01T12:00:00.000Z INFO  a.b.C [%s] Mine.
                2026-06-01T12:00:01.000Z INFO  a.b.C [%s] Somebody else's.
                2026-06-01T12:00:02.000Z ERROR a.b.C [%s] Somebody else's trouble.
                java.lang.Exception: with data of theirs
                2026-06-01T12:00:03.000Z INFO  a.b.C Starting.
                2026-06-01T12:00:04.000Z WARN  a.b.C The disk is full.
                java.io.IOException: No space left
                \tat x.Y.z(Y.java:1)
                2026-06-01T12:00:05.000Z INFO  a.b.C Job %s switched to FAILED.
                """.formatted(MINE, OTHER, OTHER, MINE);

        assertThat(excerpt(log, 10_000)).isEqualTo("""
                2026-06-01T12:00:00.000Z INFO  a.b.C [%s] Mine.
                2026-06-01T12:00:04.000Z WARN  a.b.C The disk is full.
                java.io.IOException: No space left
                \tat x.Y.z(Y.java:1)
                2026-06-01T12:00:05.000Z INFO  a.b.C Job %s switched to FAILED.
                """.formatted(MINE, MINE));
    }

    @Test
    void keepsTheEnd() {
        String line = "2026-06-01 12:00:00,000 INFO  a.b.C [" + MINE + "] Line.\n";

        assertThat(excerpt(line.repeat(100), 200)).hasSize(200).startsWith("…").endsWith("Line.\n");
        assertThat(excerpt("", 200)).isEmpty();
    }
}
