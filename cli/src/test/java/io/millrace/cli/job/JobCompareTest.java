package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.OperatorFate;
import io.millrace.api.job.StateFate;
import io.millrace.api.job.StateVerdict;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What becomes of a job's state, as people and programs read it. */
class JobCompareTest {
    private static final CompatibilityView COMPARED = new CompatibilityView(
            1,
            3,
            StateVerdict.PARTIAL,
            "Not all goes on.",
            List.of(
                    new OperatorFate("source", "TableSourceScan(a)", StateFate.KEPT, "It takes its state over."),
                    new OperatorFate("join", "Join(a, b)", StateFate.LOST, "It is gone.")));
    private static final String STATE = """
            state from version 1 to 3: PARTIAL. Not all goes on.
              KEPT source: TableSourceScan(a)
                It takes its state over.
              LOST join: Join(a, b)
                It is gone.
            """;

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
    void aDryRunSaysWhatBecomesOfTheState() throws IOException {
        Files.writeString(folder.resolve("orders.sql"), "---\nname: orders\n---\nINSERT INTO a SELECT 2\n");
        server.on("PUT /workspaces/default/jobs/orders", new AppliedJob(JobChange.UPDATED, "", null, COMPARED, null));

        Run.Result result = run("job", "apply", "-f", "orders.sql", "--dry-run");

        assertThat(result).isEqualTo(new Run.Result(0, "orders: would be updated\n" + STATE.indent(2), ""));
    }

    @Test
    void comparesTheNewestVersionWithTheOneThatRuns() {
        server.on("GET /workspaces/default/jobs/orders", Map.of("name", "orders", "version", 3));
        server.on("GET /workspaces/default/jobs/orders/versions/3/compatibility", COMPARED);

        Run.Result result = run("job", "compare", "orders");

        assertThat(result).isEqualTo(new Run.Result(0, STATE, ""));
    }

    @Test
    void comparesTheVersionsThatAreNamed() throws IOException {
        server.on("GET /workspaces/payments/jobs/orders/versions/4/compatibility", COMPARED);

        Run.Result result =
                run("job", "compare", "orders", "-w", "payments", "--from", "2", "--to", "4", "--output", "json");

        assertThat(Json.lenient().readValue(result.out(), CompatibilityView.class))
                .isEqualTo(COMPARED);
        assertThat(server.requests())
                .containsExactly("GET /workspaces/payments/jobs/orders/versions/4/compatibility?from=2");
    }
}
