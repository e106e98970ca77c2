package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.DesiredState;
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

class JobDeployTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String JOB = "GET /workspaces/default/jobs/orders";
    private static final String PATCH = "PATCH /workspaces/default/jobs/orders";

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

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    private static JobView job(
            ObservedState observed, @Nullable Long runs, long generation, @Nullable DeploymentView of) {
        JobSpec spec = new JobSpec("INSERT INTO a SELECT 1\n", JobMode.STREAMING, "local", 1, "PT30S", null, Map.of());
        return new JobView(
                "default",
                "orders",
                List.of(),
                null,
                DesiredState.RUNNING,
                observed,
                NOON,
                null,
                "it was so",
                3,
                runs,
                null,
                1,
                null,
                of,
                spec,
                NOON,
                NOON,
                generation);
    }

    private static JobView running(long version) {
        return job(ObservedState.RUNNING, version, 9, null);
    }

    private static DeploymentView deployment(DeploymentPhase phase, String outcome) {
        return new DeploymentView(2, 3, phase, outcome, NOON, NOON);
    }

    @Test
    void replacesWhatRunsAndWaitsUntilItIsProven() {
        server.on(JOB, running(2))
                .on(JOB, job(ObservedState.STOPPING, 2L, 10, deployment(DeploymentPhase.REPLACING, "")))
                .on(JOB, job(ObservedState.RUNNING, 3L, 10, deployment(DeploymentPhase.VERIFYING, "")))
                .on(JOB, job(ObservedState.RUNNING, 3L, 10, deployment(DeploymentPhase.DONE, "Version 3 is there.")));
        server.on(PATCH, job(ObservedState.RUNNING, 2L, 10, null));

        Run.Result result = run("job", "deploy", "orders", "--wait");

        assertThat(result)
                .isEqualTo(new Run.Result(0, "orders: Version 3 is there.\n", "orders: STOPPING\norders: RUNNING\n"));
        assertThat(server.requests()).contains(PATCH + " {\"desired\":\"RUNNING\",\"version\":3}");
    }

    @Test
    void aVersionFromWhichItWentBackEndsTheCommandWithSix() {
        server.on(JOB, running(2))
                .on(JOB, job(ObservedState.RUNNING, 2L, 10, deployment(DeploymentPhase.RETURNED, "Back to 2.")));
        server.on(PATCH, job(ObservedState.RUNNING, 2L, 10, null));

        Run.Result result = run("job", "deploy", "orders", "--version", "3", "--wait");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).contains("Back to 2.");
    }

    @Test
    void whatRunsAlreadyIsLeftAlone() {
        server.on(JOB, running(3));
        server.on(PATCH, running(3));

        assertThat(run("job", "deploy", "orders", "--wait").out()).isEqualTo("orders: runs version 3 already.\n");
    }

    @Test
    void rollsBackToWhatWasReplaced() {
        server.on(
                JOB, job(ObservedState.RUNNING, 3L, 9, new DeploymentView(1, 3, DeploymentPhase.DONE, "", NOON, NOON)));
        server.on(PATCH, job(ObservedState.RUNNING, 3L, 10, null));

        Run.Result result = run("job", "rollback", "orders");

        assertThat(result.out()).contains("version 1 will run");
        assertThat(server.requests()).contains(PATCH + " {\"desired\":\"RUNNING\",\"version\":1}");
        run("job", "rollback", "orders", "--allow-non-restored-state");
        assertThat(server.requests())
                .as("state that only the newer version has")
                .contains(PATCH + " {\"desired\":\"RUNNING\",\"version\":1,\"allowNonRestoredState\":true}");
    }

    @Test
    void thereIsNothingBeforeTheFirstVersion() {
        server.on(JOB, running(1));

        Run.Result result = run("job", "rollback", "orders");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("no version before 1").contains("--to");
    }

    @Test
    void startsFromASnapshotOrEmptyButNotBoth() {
        server.on(JOB, job(ObservedState.IDLE, null, 9, null));
        server.on(PATCH, job(ObservedState.IDLE, null, 10, null));

        run("job", "start", "orders", "--from", "file:/s", "--version", "2", "--allow-non-restored-state");
        assertThat(server.requests())
                .contains(PATCH + " {\"desired\":\"RUNNING\",\"version\":2,\"snapshot\":\"file:/s\","
                        + "\"allowNonRestoredState\":true}");

        assertThat(run("job", "start", "orders", "--from", "file:/s", "--empty").exitCode())
                .isEqualTo(2);
    }
}
