package io.millrace.server.logs;

import static io.millrace.testkit.TestClock.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.LogLevel;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.logs.Entries.Kept;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class LogTailTest {
    private static final FlinkJobId JOB = FlinkJobId.of(7, new UUID(0, 1), 1);
    private static final FlinkJobId OTHER = FlinkJobId.of(7, new UUID(0, 2), 1);
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));

    private final List<String> kept = new ArrayList<>();
    private LogFile file = LogFile.unread("tm", NOON);

    private static String line(FlinkJobId job, int second, String text) {
        return "2026-06-01T12:00:%02d.000Z WARN  o.a.f.r.t.Task [%s] %s%n".formatted(second, job, text);
    }

    /** True unless the log is another file. */
    private boolean read(String log) throws IOException {
        LogTail tail = new LogTail(
                new Attribution(7, Optional.empty()),
                NOON,
                LATER,
                UTC,
                text -> text.replace("geheim", "***"),
                (next, entries) -> {
                    file = next;
                    entries.forEach((owner, some) -> some.forEach(
                            one -> kept.add(owner.job().map(JOB::equals).orElse(false) + " " + said(one))));
                });
        return tail.read(file, new ByteArrayInputStream(log.getBytes(UTF_8)));
    }

    private static String said(Kept entry) {
        return (entry.continues() ? "…" : "") + entry.text().replaceFirst("(?s).*\\] ", "");
    }

    @Test
    void keepsWhatIsNewOnce() throws IOException {
        String log = line(JOB, 1, "one");
        read(log);
        read(log);
        log += line(JOB, 2, "two");
        read(log);

        assertThat(kept).containsExactly("true one", "true two");
        assertThat(file.stored()).isEqualTo(log.length());
    }

    @Test
    void leavesALineThatHasNoEndForTheNextTime() throws IOException {
        String log = line(JOB, 1, "one") + line(JOB, 2, "two");
        read(log.substring(0, log.length() - 3));
        assertThat(kept).containsExactly("true one");

        read(log);

        assertThat(kept).containsExactly("true one", "true two");
    }

    @Test
    void aTraceThatIsStillWrittenBelongsToItsLine() throws IOException {
        String log = line(JOB, 1, "failed") + "java.lang.Exception: x\n";
        read(log);
        log += "\tat a.B\n";
        read(log);
        log += "\tat a.C\n" + line(JOB, 2, "next");
        read(log);

        assertThat(kept)
                .containsExactly(
                        "true failed\njava.lang.Exception: x", "true …\tat a.B", "true …\tat a.C", "true next");
    }

    @Test
    void aTraceThatComesToNameAnotherJobIsNotGoneOnWith() throws IOException {
        String log = line(JOB, 1, "failed") + "java.lang.Exception: x\n";
        read(log);
        read(log + "Caused by: " + OTHER + "\n");

        assertThat(kept).containsExactly("true failed\njava.lang.Exception: x");
    }

    @Test
    void noticesAnotherFileInItsPlace() throws IOException {
        read(line(JOB, 1, "one"));

        assertThat(read(line(JOB, 3, "three") + line(JOB, 4, "four"))).isFalse();
        assertThat(kept).containsExactly("true one");
    }

    @Test
    void anOlderAnswerHasNothingNew() throws IOException {
        String start = line(JOB, 1, "x".repeat(LogFile.HEAD));
        read(start + line(JOB, 2, "two"));
        kept.clear();

        assertThat(read(start)).isTrue();
        assertThat(kept).isEmpty();
        assertThat(read(start + line(JOB, 2, "two") + line(JOB, 3, "three"))).isTrue();
        assertThat(kept).containsExactly("true three");
    }

    @Test
    void masksSecretsAndLeavesOldEntriesAndThoseOfStrangers() throws IOException {
        read("2026-06-01T11:59:59.000Z INFO  o.a.f.r.t.Task [" + JOB + "] before\n"
                + line(JOB, 1, "password geheim")
                + line(OTHER, 2, "theirs")
                + line(new FlinkJobId("0123456789abcdef0123456789abcdef"), 3, "a stranger's"));

        assertThat(kept).containsExactlyInAnyOrder("true password ***", "false theirs");
    }

    @Test
    void showsWhatWouldMoveTheCursorAndCutsWhatIsTooLong() throws IOException {
        read(line(JOB, 1, "\u001b[31mred\u001b[0m\u0001\u0007" + "x".repeat(EntryReader.LONGEST_LINE)));

        assertThat(kept).hasSize(1);
        assertThat(kept.get(0)).startsWith("true red\ufffd\ufffdxxx").endsWith("x…");
        assertThat(kept.get(0).length()).isLessThan(EntryReader.LONGEST_LINE + 10);
    }

    @Test
    void chunksAreReadAsTheyWereWritten() {
        StringBuilder chunk = new StringBuilder();
        Entries.write(chunk, new Kept(NOON, LogLevel.WARN, "one\n\tat a.B"));
        Entries.write(chunk, new Kept(NOON.plusSeconds(2), LogLevel.INFO, "two\n"));
        Entries.write(chunk, new Kept(NOON.plusSeconds(2), LogLevel.INFO, "its rest", true));
        Entries.write(chunk, new Kept(NOON.plusSeconds(1), LogLevel.ERROR, ""));

        assertThat(Entries.read(Entries.unpack(Entries.pack(chunk.toString()))))
                .containsExactly(
                        new Kept(NOON, LogLevel.WARN, "one\n\tat a.B"),
                        new Kept(NOON.plusSeconds(2), LogLevel.INFO, "two\n\nits rest"),
                        new Kept(NOON.plusSeconds(2), LogLevel.ERROR, ""));
    }
}
