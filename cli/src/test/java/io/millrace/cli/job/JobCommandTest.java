package io.millrace.cli.job;

import static io.millrace.cli.job.SampleJobs.fresh;
import static io.millrace.cli.job.SampleJobs.in;
import static io.millrace.cli.job.SampleJobs.job;
import static io.millrace.cli.job.SampleJobs.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.Page;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Each command against a server that answers by hand-written records. */
class JobCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String JOB = "GET /workspaces/default/jobs/orders";

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

    @Test
    void appliesAFileAndSaysWhichVersionItMade() throws IOException {
        write("orders.sql", "---\nname: orders\nparallelism: 2\ncheckpoint: 30 s\n---\nINSERT INTO a SELECT 1\n");
        server.on(
                "PUT /workspaces/default/jobs/orders",
                new AppliedJob(JobChange.CREATED, "", job(ObservedState.IDLE, 0), null, null));

        Run.Result result = run("job", "apply", "-f", "orders.sql");

        assertThat(result).isEqualTo(new Run.Result(0, "orders: created (version 3)\n", ""));
        assertThat(server.requests())
                .containsExactly("PUT /workspaces/default/jobs/orders "
                        + "{\"script\":\"INSERT INTO a SELECT 1\\n\",\"parallelism\":2,\"checkpoint\":\"PT30S\"}");
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws IOException {
        write("orders.sql", "---\nname: orders\n---\nINSERT INTO a SELECT 2\n");
        server.on(
                "PUT /workspaces/default/jobs/orders",
                new AppliedJob(JobChange.UPDATED, "-SELECT 1\n+SELECT 2\n", null, null, null));

        Run.Result result = run("job", "apply", "-f", "orders.sql", "--dry-run");

        assertThat(result).isEqualTo(new Run.Result(0, "orders: would be updated\n  -SELECT 1\n  +SELECT 2\n", ""));
        assertThat(server.requests())
                .allMatch(request -> request.startsWith("PUT /workspaces/default/jobs/orders?dryRun=true "));
    }

    @Test
    void aProblemOfTheScriptIsShownWhereItStandsInTheFile() throws IOException {
        write("orders.sql", "---\nname: orders\nsettings:\n  table.x: 1\n---\n\nINSERT INTO a\nSELECT amout FROM t\n");
        server.on(
                "PUT /workspaces/default/jobs/orders",
                422,
                problem(
                        "JOB_INVALID",
                        422,
                        "The job is not valid.",
                        new ProblemDetail("/script", "Column 'amout' not found", 3, 8, 3, 12, "Did you mean 'amount'?"),
                        ProblemDetail.of("/settings/table.x", "not allowed"),
                        ProblemDetail.of("/name", "taken")));

        Run.Result result = run("job", "apply", "-f", "orders.sql");

        assertThat(result).isEqualTo(new Run.Result(2, "", """
                        orders.sql:8:8: Column 'amout' not found (Did you mean 'amount'?)
                        orders.sql:4:12: not allowed
                        orders.sql:2:7: taken
                        """));
    }

    @Test
    void nothingIsChangedWhenOneOfSeveralFilesIsRefused() throws IOException {
        write("jobs/a.sql", "---\nname: a\n---\nINSERT INTO a SELECT 1\n");
        write("jobs/b.sql", "---\nname: b\n---\nINSERT INTO b SELECT x\n");
        write("jobs/tables.sql", "CREATE TABLE a (x INT);\n");
        server.on("PUT /workspaces/default/jobs/a", new AppliedJob(JobChange.CREATED, "", null, null, null));
        server.on("PUT /workspaces/default/jobs/b", 422, problem("JOB_INVALID", 422, "No."));

        Run.Result result = run("job", "apply", "-f", "jobs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("jobs/tables.sql: passed over, it has no front matter\njobs/b.sql: No.\n");
        assertThat(server.requests()).hasSize(2).allMatch(request -> request.contains("dryRun=true"));
    }

    @Test
    void filesThatAreWrongAreToldTogetherAndNothingIsSent() throws IOException {
        write("a.sql", "---\nnmae: a\n---\nSELECT 1\n");
        write("b.sql", "SELECT 1\n");

        Run.Result result = run("job", "apply", "-f", "a.sql", "b.sql");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .containsExactly(
                        "a.sql:2:1: unknown key 'nmae' (did you mean 'name'?)",
                        "b.sql:1: the file has no front matter (begin it with a line ---, then name: and a name for the job,"
                                + " then another line ---)");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void startsAndWaitsPastTheStateOfTheAttemptBefore() {
        server.on(JOB, job(ObservedState.FAILED, 1))
                .on(JOB, job(ObservedState.FAILED, 1))
                .on(JOB, job(ObservedState.STARTING, 2))
                .on(JOB, job(ObservedState.RUNNING, 2));
        server.on("PATCH /workspaces/default/jobs/orders", job(ObservedState.FAILED, 1));

        Run.Result result = run("job", "start", "orders", "--wait");

        assertThat(result)
                .isEqualTo(new Run.Result(
                        0,
                        "orders: RUNNING (attempt 2, Flink job 00112233445566778899aabbccddeeff)\n",
                        "orders: STARTING\norders: RUNNING\n"));
        assertThat(server.requests()).contains("PATCH /workspaces/default/jobs/orders {\"desired\":\"RUNNING\"}");
    }

    @Test
    void aJobThatFailsWhileWaitingEndsTheCommandWithSix() {
        server.on(JOB, job(ObservedState.IDLE, 0))
                .on(JOB, job(ObservedState.STARTING, 1))
                .on(JOB, job(ObservedState.FAILED, 1));
        server.on("PATCH /workspaces/default/jobs/orders", job(ObservedState.IDLE, 0));

        Run.Result result = run("job", "start", "--wait", "orders");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).endsWith("orders: FAILED: it was so\n");
    }

    @Test
    void waitingEndsWithSevenWhenTheTimeIsOver() {
        server.on(JOB, job(ObservedState.STARTING, 1));
        server.on("PATCH /workspaces/default/jobs/orders", job(ObservedState.STARTING, 1));

        Run.Result result = run("job", "start", "orders", "--wait=0");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).isEqualTo("orders: still STARTING after 0 s: it was so\n");
        assertThat(run("job", "start", "orders", "--wait=soon").exitCode()).isEqualTo(2);
    }

    @Test
    void stopsWithoutSavepointAndSaysWhereTheNextStartGoesOn() {
        server.on(JOB, job(ObservedState.RUNNING, 1)).on(JOB, stopped());
        server.on("PATCH /workspaces/default/jobs/orders", stopped());

        Run.Result result = run("job", "stop", "orders", "--no-savepoint", "--wait=5");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("orders: stopped; the next start goes on from file:///sp\n");
        assertThat(server.requests())
                .contains("PATCH /workspaces/default/jobs/orders {\"desired\":\"STOPPED\",\"savepoint\":false}");
    }

    @Test
    void theListHasAllPagesAndTheFieldsThatProgramsRelyOn() throws IOException {
        server.on("GET /jobs", new Page<>(List.of(job(ObservedState.RUNNING, 1)), "next"))
                .on("GET /jobs", new Page<>(List.of(fresh()), null));

        JsonNode list =
                Json.strict().readTree(run("job", "list", "--output", "json").out());

        assertThat(list).hasSize(2);
        assertThat(list.get(0).get("observed").asText()).isEqualTo("RUNNING");
        assertThat(list.get(1).has("flinkJobId")).isTrue();
        assertThat(list.get(1).get("flinkJobId").isNull()).isTrue();
        assertThat(list.get(1).fieldNames())
                .toIterable()
                .contains("workspace", "name", "desired", "observed", "seenAt", "version", "flinkJobId", "attempt");
    }

    @Test
    void theListForPeopleHasAlignedColumns() {
        server.on("GET /jobs", new Page<>(List.of(job(ObservedState.RUNNING, 1), fresh()), null));

        List<String> lines = run("job", "list").out().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("name   | desired | observed | seen");
        assertThat(lines.get(3)).contains("fresh  | STOPPED | IDLE     | never");
    }

    @Test
    void theListTellsWorkspacesWhenJobsAreElsewhere() {
        JobView elsewhere = in("payments", fresh());
        server.on("GET /jobs", new Page<>(List.of(fresh(), elsewhere), null))
                .on("GET /jobs", new Page<>(List.of(elsewhere), null))
                .on("GET /jobs", new Page<>(List.of(), null));

        assertThat(run("job", "list").out().lines())
                .anyMatch(line -> line.startsWith("workspace | name  |"))
                .anyMatch(line -> line.startsWith("default   | fresh |"))
                .anyMatch(line -> line.startsWith("payments  | fresh |"));
        assertThat(Run.in(folder)
                        .with(server)
                        .variable("MILLRACE_WORKSPACE", "payments")
                        .run("job", "list")
                        .out())
                .startsWith("name  | desired");
        assertThat(run("job", "list", "-w", "payments").err()).contains("There are no jobs in workspace 'payments'");
        assertThat(server.requests())
                .containsExactly(
                        "GET /jobs?pageSize=1000",
                        "GET /jobs?pageSize=1000",
                        "GET /jobs?workspace=payments&pageSize=1000");
    }

    @Test
    void aJobIsInTheWorkspaceThatIsNamedOrUsual() throws IOException {
        write("orders.sql", "---\nname: orders\n---\nINSERT INTO a SELECT 1\n");
        JobView job = in("payments", job(ObservedState.IDLE, 0));
        server.on("GET /workspaces/payments/jobs/orders", job)
                .on("PUT /workspaces/payments/jobs/orders", new AppliedJob(JobChange.CREATED, "", job, null, null))
                .on("PATCH /workspaces/payments/jobs/orders", job)
                .on("DELETE /workspaces/payments/jobs/orders", 204, "");
        Run usual = Run.in(folder).with(server).variable("MILLRACE_WORKSPACE", "payments");

        assertThat(usual.run("job", "show", "orders").out()).contains("workspace      payments\n");
        assertThat(usual.run("job", "apply", "-f", "orders.sql").exitCode()).isZero();
        assertThat(usual.run("job", "start", "orders").out()).contains("`millrace job show orders` says");
        assertThat(run("job", "start", "orders", "-w", "payments").out())
                .contains("`millrace job show orders -w payments` says");
        assertThat(run("job", "delete", "orders", "--workspace", "payments").exitCode())
                .isZero();
        assertThat(server.requests()).allMatch(request -> request.contains(" /workspaces/payments/jobs/orders"));
    }

    @Test
    void showsOneJob() {
        server.on(JOB, job(ObservedState.RUNNING, 4));

        assertThat(run("job", "show", "orders", "--sql").out())
                .contains("name           orders\n", "attempt        4\n", "\n\nINSERT INTO a SELECT 1\n");
    }

    @Test
    void showsTheHistory() {
        server.on(
                "GET /workspaces/default/jobs/orders/events",
                new Page<>(
                        List.of(new JobEventView(
                                2,
                                NOON,
                                "STATE_CHANGED",
                                ObservedState.STARTING,
                                ObservedState.RUNNING,
                                1,
                                "all run",
                                "system/reconciler")),
                        "more"));

        Run.Result result = run("job", "history", "orders", "--limit", "1");

        assertThat(result.out().lines().toList().get(2))
                .isEqualTo("2026-03-01T12:00:00Z | STATE_CHANGED | STARTING | RUNNING |       1 |"
                        + " system/reconciler | all run");
        assertThat(server.requests()).containsExactly("GET /workspaces/default/jobs/orders/events?pageSize=1");
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static Problem problem(String code, int status, String detail, ProblemDetail... errors) {
        return new Problem("/problems/x", "Title", status, detail, "/api", code, "r1", List.of(errors));
    }
}
