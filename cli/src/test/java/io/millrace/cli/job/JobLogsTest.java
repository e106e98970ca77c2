package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.LogEntryView;
import io.millrace.api.job.LogLevel;
import io.millrace.api.job.LogPage;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class JobLogsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String LOGS = "GET /workspaces/default/jobs/orders/logs";

    @TempDir
    Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static LogPage page(@Nullable Instant until, List<String> notes, String... texts) {
        List<LogEntryView> entries = Arrays.stream(texts)
                .map(text -> new LogEntryView("1-1", NOON, LogLevel.WARN, "tm-1", 1, text))
                .toList();
        return new LogPage(entries, null, until, List.of("tm-1"), notes);
    }

    @Test
    void printsEntriesAndWhatIsMissing() {
        server.on(LOGS, page(NOON, List.of("Of attempt 1, lines are missing."), "x failed\n\tat a.B\u001b[2J"));

        assertThat(Run.in(folder).with(server).run("job", "logs", "orders"))
                .isEqualTo(new Run.Result(
                        0, "tm-1  x failed\ntm-1  \tat a.B\\x1b[2J\n", "Of attempt 1, lines are missing.\n"));
    }

    @Test
    void writesThemToAFile() {
        server.on(LOGS, page(NOON, List.of(), "x failed"));

        Run.Result saved = Run.in(folder).with(server).run("job", "logs", "orders", "-o", "orders.log");

        assertThat(saved).isEqualTo(new Run.Result(0, folder.resolve("orders.log") + "\n", ""));
        assertThat(folder.resolve("orders.log")).hasContent("tm-1  x failed\n");
    }

    @Test
    void saysThatNothingMatches() {
        server.on(LOGS, page(NOON, List.of()));
        assertThat(Run.in(folder)
                        .with(server)
                        .run("job", "logs", "orders", "-q", "x")
                        .err())
                .isEqualTo("No entry matches; logs are kept until 2026-06-01T12:00:00Z.\n");
    }

    @Test
    void saysThatNothingIsKept() {
        server.on(LOGS, page(null, List.of()));
        assertThat(Run.in(folder).with(server).run("job", "logs", "orders").err())
                .isEqualTo("Nothing is kept of job 'orders'.\n");
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThat(Run.in(folder)
                        .with(server)
                        .run("job", "logs", "orders", "--since", "yesterday")
                        .err())
                .contains("--since is a duration such as 1h");
    }
}
