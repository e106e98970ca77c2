package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.ObservedState;
import io.millrace.api.job.StreamedJobEventView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

class JobWatchTest {
    private static final String EVENTS = "GET /jobs/events";

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

    private static String event(String job, ObservedState to) {
        var event = new JobEventView(
                7,
                Instant.parse("2026-06-01T12:00:00Z"),
                "STATE_CHANGED",
                ObservedState.STARTING,
                to,
                1,
                "All 4 tasks run.",
                "reconciler");
        return "event:job\ndata:" + Json.write(new StreamedJobEventView("default", job, event)) + "\n\n";
    }

    @Test
    void goesOnWhenTheStreamEnds() {
        server.on(
                EVENTS, "id:1:1:\n\n" + event("orders", ObservedState.RUNNING) + "id:2:2:\n:\n\nevent:end\ndata:x\n\n");
        server.on(EVENTS, "event:gap\ndata:y\n\n" + event("users", ObservedState.FAILED));

        Run.Result result = Run.in(folder).with(server).run("job", "watch", "--limit", "2");

        assertThat(result)
                .isEqualTo(new Run.Result(
                        0, """
                        2026-06-01T12:00:00Z  default.orders  STATE_CHANGED RUNNING  All 4 tasks run.
                        2026-06-01T12:00:00Z  default.users  STATE_CHANGED FAILED  All 4 tasks run.
                        """, "Something happened that is not told here; `millrace job history` has it.\n"));
    }

    @Test
    void asksForOneJobWhereCommandsAboutOneJobLook() {
        server.on(EVENTS, event("orders", ObservedState.RUNNING));

        Run.in(folder)
                .with(server)
                .variable("MILLRACE_WORKSPACE", "payments")
                .run("job", "watch", "orders", "--limit=1");
        Run.in(folder).with(server).variable("MILLRACE_WORKSPACE", "payments").run("job", "watch", "--limit=1");

        assertThat(server.requests())
                .containsExactly("GET /jobs/events?workspace=payments&job=orders", "GET /jobs/events");
    }
}
