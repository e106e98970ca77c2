package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.FailureView;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
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
import java.util.List;
import java.util.Map;

class JobWhyTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String JOB = "GET /workspaces/default/jobs/orders";

    @TempDir
    Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        JobSpec spec = new JobSpec("INSERT INTO a SELECT 1\n", JobMode.STREAMING, "local", 1, "PT30S", null, Map.of());
        server.on(
                JOB,
                new JobView(
                        "default",
                        "orders",
                        List.of(),
                        null,
                        DesiredState.RUNNING,
                        ObservedState.FAILED,
                        NOON,
                        null,
                        "It failed: No topic 'x'.",
                        1,
                        null,
                        null,
                        2,
                        null,
                        null,
                        spec,
                        NOON,
                        NOON,
                        2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JobAttemptView attempt(int number, @Nullable String exception) {
        FailureView failure = new FailureView("MISSING", "No topic 'x'.", "Create what is missing.", NOON, exception);
        return new JobAttemptView(
                number, "ENDED", "ab", 1, null, NOON, NOON, NOON, "FAILED", "seen", number == 2 ? null : failure);
    }

    @Test
    void tellsTheWholeExceptionOfTheNewestAttemptThatFailed() {
        server.on(JOB + "/attempts", new Page<>(List.of(attempt(2, null), attempt(1, null)), null));
        server.on(JOB + "/attempts/1", attempt(1, "java.lang.Exception: outer\n\tat x\nCaused by: inner\n"));

        assertThat(Run.in(folder).with(server).run("job", "why", "orders")).isEqualTo(new Run.Result(0, """
                        FAILED: It failed: No topic 'x'.

                        Attempt 1 (version 1), 2026-06-01T12:00:00Z, MISSING: No topic 'x'.
                        Create what is missing.

                        java.lang.Exception: outer
                        \tat x
                        Caused by: inner
                        """, ""));
    }

    @Test
    void downloadsTheBundleOfTheNewestAttemptThatFailed() throws IOException {
        server.on(JOB + "/attempts", new Page<>(List.of(attempt(2, null), attempt(1, null)), null));
        server.on(JOB + "/attempts/1/bundle", "PK: the file");

        Run.Result named = Run.in(folder).with(server).run("job", "bundle", "orders", "-o", "why.zip");
        Run.Result unnamed = Run.in(folder).with(server).run("job", "bundle", "orders", "--attempt", "1");

        assertThat(named).isEqualTo(new Run.Result(0, folder.resolve("why.zip") + "\n", ""));
        assertThat(unnamed.out()).isEqualTo(folder.resolve("orders-1.zip") + "\n");
        assertThat(folder.resolve("why.zip")).hasContent("PK: the file");
        assertThat(folder.resolve("orders-1.zip")).hasContent("PK: the file");
    }

    @Test
    void saysThatNothingFailed() {
        server.on(JOB + "/attempts", new Page<>(List.of(attempt(2, null)), null));

        assertThat(Run.in(folder).with(server).run("job", "why", "orders"))
                .isEqualTo(new Run.Result(
                        0, "FAILED: It failed: No topic 'x'.\n", "No attempt of job 'orders' failed.\n"));
    }
}
