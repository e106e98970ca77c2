package io.millrace.cli.job;

import static io.millrace.cli.job.SampleJobs.fresh;
import static io.millrace.cli.job.SampleJobs.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.JobBulkOutcome;
import io.millrace.api.job.JobBulkView;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.JobTagView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

class JobBulkTest {
    private static final JobBulkView.Item DONE =
            new JobBulkView.Item("default", "orders", JobBulkOutcome.DONE, null, null);
    private static final JobBulkView.Item REFUSED =
            new JobBulkView.Item("default", "fresh", JobBulkOutcome.REFUSED, "JOB_BUSY", "It runs; stop it first.");

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

    private void answers(JobBulkView.Item... items) {
        server.on("POST /jobs/bulk", new JobBulkView(List.of(items), 0, 0, 0));
    }

    @Test
    void deletesSeveralAndFailsWhenSomeAreRefused() {
        answers(DONE, REFUSED);

        Run.Result result = run("job", "delete", "orders", "fresh", "-w", "payments");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("default.orders: done\n1 done, 0 unchanged, 1 refused\n");
        assertThat(result.err()).isEqualTo("default.fresh: It runs; stop it first.\n");
        assertThat(server.requests())
                .containsExactly(
                        "POST /jobs/bulk?dryRun=false {\"action\":\"DELETE\",\"jobs\":[{\"workspace\":\"payments\","
                                + "\"name\":\"orders\"},{\"workspace\":\"payments\",\"name\":\"fresh\"}]}");
    }

    @Test
    void selectedJobsAreStoppedWhenAPersonOrTheCallAgrees() {
        server.on("GET /jobs", new Page<>(List.of(stopped(), fresh()), null));
        answers(DONE);

        assertThat(run("job", "stop", "--tag", "nightly").exitCode()).isEqualTo(2);
        Run.Result declined =
                Run.in(folder).with(server).atTerminal().input("\n").run("job", "stop", "--all");
        assertThat(declined.exitCode()).isEqualTo(1);
        assertThat(declined.err()).isEqualTo("Stop 2 jobs? [y/N] millrace: Nothing was changed.\n");
        assertThat(server.requests()).noneMatch(request -> request.startsWith("POST"));

        assertThat(run("job", "stop", "--tag", "a", "--tag", "b", "--owner", "group:ops", "--yes")
                        .exitCode())
                .isZero();
        assertThat(server.requests())
                .contains("GET /jobs?owner=group%3Aops&tag=a&tag=b&pageSize=1000")
                .last()
                .asString()
                .contains("\"action\":\"STOP\"", "\"name\":\"orders\"", "\"name\":\"fresh\"", "\"savepoint\":true");
    }

    @Test
    void aDryRunAsksNobodyAndSaysWhatWouldBe() {
        server.on("GET /jobs", new Page<>(List.of(stopped()), null));
        answers(DONE);

        Run.Result result = run("job", "start", "--all", "-w", "payments", "--dry-run");

        assertThat(result)
                .isEqualTo(new Run.Result(
                        0, "default.orders: would be done\n1 would be done, 0 unchanged, 0 refused\n", ""));
        assertThat(server.requests()).first().isEqualTo("GET /jobs?workspace=payments&pageSize=1000");
        assertThat(server.requests()).last().asString().startsWith("POST /jobs/bulk?dryRun=true");
    }

    @Test
    void manyAreSentInParts() {
        server.on("GET /jobs", new Page<>(Collections.nCopies(120, fresh()), null));
        answers(Collections.nCopies(50, DONE).toArray(JobBulkView.Item[]::new));
        answers(Collections.nCopies(50, DONE).toArray(JobBulkView.Item[]::new));
        answers(Collections.nCopies(20, DONE).toArray(JobBulkView.Item[]::new));

        Run.Result result = run("job", "start", "--all", "--yes");

        assertThat(result.out()).endsWith("120 done, 0 unchanged, 0 refused\n");
        assertThat(result.err()).isEqualTo("50 of 120\n100 of 120\n120 of 120\n");
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        assertThat(run("job", "stop").err()).startsWith("millrace: Name a job, or select jobs with");
        assertThat(run("job", "stop", "a", "--all").err()).startsWith("millrace: Name jobs, or select them with");
        assertThat(run("job", "start", "a", "b", "--wait").err()).startsWith("millrace: --wait, ");
        assertThat(run("job", "alter", "a").err()).startsWith("millrace: Say what is to change");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatAnApplyCreatesIsTaggedAndWhatIsThereIsNot() throws IOException {
        for (String name : List.of("orders", "fresh")) {
            Files.writeString(folder.resolve(name + ".sql"), "---\nname: " + name + "\n---\nINSERT INTO a SELECT 1\n");
        }
        server.on("PUT /workspaces/default/jobs/orders", new AppliedJob(JobChange.CREATED, "", stopped(), null, null))
                .on("PUT /workspaces/default/jobs/fresh", new AppliedJob(JobChange.UPDATED, "", fresh(), null, null))
                .on("PATCH /workspaces/default/jobs/orders/labels", stopped());

        Run.Result result = run("job", "apply", "-f", "orders.sql", "-f", "fresh.sql", "--tag", "new");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(server.requests())
                .filteredOn(request -> request.startsWith("PATCH"))
                .containsExactly("PATCH /workspaces/default/jobs/orders/labels {\"tags\":[\"new\"]}");
    }

    @Test
    void tagsAreGivenTakenAndListed() {
        server.on("PATCH /workspaces/default/jobs/orders/labels", stopped())
                .on("GET /jobs/tags", new Page<>(List.of(new JobTagView("nightly", 12)), null));
        answers(DONE);

        Run.Result altered = run("job", "alter", "orders", "--tag", "a", "--untag", "b", "--owner", "alice");
        assertThat(altered.out()).isEqualTo("orders: no tags, owned by nobody\n");
        assertThat(server.requests())
                .containsExactly("PATCH /workspaces/default/jobs/orders/labels"
                        + " {\"tags\":[\"a\"],\"untags\":[\"b\"],\"owner\":\"alice\"}");
        assertThat(run("job", "alter", "orders", "fresh", "--tag", "a").exitCode())
                .isZero();
        assertThat(server.requests()).last().asString().contains("\"action\":\"LABEL\"", "\"tags\":[\"a\"]");
        assertThat(run("job", "tags").out().lines()).anyMatch(line -> line.equals("nightly |   12"));
    }
}
