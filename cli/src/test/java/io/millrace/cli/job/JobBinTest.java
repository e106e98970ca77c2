package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.job.DeletedJobView;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.api.problem.Problem;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class JobBinTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final JobView JOB = new JobView(
            "default",
            "orders",
            List.of(),
            null,
            DesiredState.STOPPED,
            ObservedState.IDLE,
            NOON,
            null,
            null,
            3,
            null,
            null,
            0,
            null,
            null,
            new JobSpec("INSERT INTO a SELECT 1", null, null, null, null, null, null),
            NOON,
            NOON,
            9);

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    @Test
    void deletesAndTellsARefusal() {
        server.on(
                        "DELETE /workspaces/default/jobs/orders",
                        409,
                        new Problem(
                                "/problems/x",
                                "Title",
                                409,
                                "It runs; stop it first.",
                                "/api",
                                "JOB_BUSY",
                                "r1",
                                List.of()))
                .on("DELETE /workspaces/default/jobs/orders", 204, "");

        assertThat(run("job", "delete", "orders"))
                .isEqualTo(new Run.Result(1, "", "millrace: It runs; stop it first.\n"));
        assertThat(run("job", "delete", "orders"))
                .isEqualTo(new Run.Result(0, "orders: deleted. `millrace job restore orders` brings it back.\n", ""));
    }

    @Test
    void restoresAndPurgesTheOneThatWasDeletedLast() {
        var last = new DeletedJobView("2", "default", "orders", 3, null, NOON, "alice", NOON.plusSeconds(60));
        var first = new DeletedJobView("1", "default", "orders", 1, null, NOON, "alice", NOON.plusSeconds(60));
        server.on("GET /deleted-jobs", new Page<>(List.of(last, first), null))
                .on("POST /deleted-jobs/2/restorations", JOB)
                .on("DELETE /deleted-jobs/2", 204, "");

        assertThat(run("job", "restore", "orders", "--as", "old").out()).isEqualTo("orders: restored (version 3)\n");
        assertThat(server.requests()).last().isEqualTo("POST /deleted-jobs/2/restorations {\"name\":\"old\"}");
        assertThat(run("job", "purge", "orders").exitCode())
                .as("nobody can be asked")
                .isEqualTo(2);
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
        Run.Result declined =
                Run.in(folder).with(server).atTerminal().input("no\n").run("job", "purge", "orders");
        assertThat(declined.exitCode()).isEqualTo(1);
        assertThat(declined.err())
                .isEqualTo("Forget orders, deleted 2026-03-01T12:00:00Z by alice, for good? [y/N] "
                        + "millrace: Nothing was changed.\n");
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
        Run.Result agreed =
                Run.in(folder).with(server).atTerminal().input("y\n").run("job", "purge", "orders");
        assertThat(agreed.exitCode()).isZero();
        assertThat(run("job", "purge", "orders", "--yes").exitCode()).isZero();
        assertThat(server.requests()).last().isEqualTo("DELETE /deleted-jobs/2");
        assertThat(run("job", "restore", "others").err())
                .isEqualTo("millrace: There is no job 'others' in the bin of workspace 'default'."
                        + " `millrace job list --deleted` shows what is there.\n");
        assertThat(run("job", "list", "--deleted").out()).contains("alice", "2026-03-01T12:01:00Z");
    }
}
