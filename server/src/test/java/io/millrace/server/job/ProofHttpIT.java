package io.millrace.server.job;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.UUID;

/** What people can ask about proofs while no cluster answers. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class ProofHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Inject
    Jdbi jdbi;

    /** A job with a version for each script, and a savepoint of the first; where it is. */
    private String job(String name, String... scripts) {
        for (String script : scripts) {
            var spec = new io.millrace.api.job.JobSpec(script, null, null, null, null, null, null);
            var made = api.send("PUT", "/workspaces/default/jobs/" + name, Json.write(spec));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin,
                            directory, path, checkpoint, files, bytes, pinned, phase, outcome, created_at, changed_at)
                        SELECT CAST(:id AS uuid), 'local', workspace_id, id, name, 1, 1, 'STOP', :directory,
                            :directory || '/savepoint-1', 1, 1, 100, false, 'AVAILABLE', '', now(), now()
                        FROM job WHERE name = :job
                        """)
                .bind("id", snapshot(name))
                .bind("directory", Savepoints.root("savepoints") + "/" + name)
                .bind("job", name)
                .execute());
        return "/workspaces/default/jobs/" + name;
    }

    private static String snapshot(String job) {
        return UUID.nameUUIDFromBytes(("proven " + job).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    private HttpResponse<String> prove(String job, int version, String body, String... headers) {
        return api.send("POST", job + "/versions/" + version + "/proofs", body, headers);
    }

    private static String of(String job) {
        return "{\"snapshot\":\"" + snapshot(job) + "\"}";
    }

    @Test
    void isRecordedOnceAndHoldsItsSnapshot() {
        String job = job("proven", PlannedGateway.INSERT);
        String key = UUID.randomUUID().toString();

        var asked = prove(job, 1, of("proven"), "Idempotency-Key", key);

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(asked.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith(job + "/proofs/" + key));
        JsonNode view = json(asked);
        assertThat(view.path("phase").asText()).isEqualTo("SAVING");
        assertThat(view.path("from").asInt()).isEqualTo(1);
        assertThat(view.path("operators").asInt()).as("without the sink").isEqualTo(2);
        assertThat(view.path("snapshot").asText()).endsWith("/proven/savepoint-1");
        assertThat(json(prove(job, 1, of("proven"), "Idempotency-Key", key)).path("id"))
                .isEqualTo(view.path("id"));
        assertThat(json(api.get(job + "/proofs/" + key)).path("id")).isEqualTo(view.path("id"));
        assertThat(json(api.get(job + "/proofs")).path("items")).hasSize(1);
        problem(prove(job, 1, of("proven")), 409, "JOB_BUSY");
        JsonNode held =
                problem(api.send("DELETE", job + "/snapshots/" + snapshot("proven"), ""), 409, "SNAPSHOT_IN_USE");
        assertThat(held.path("detail").asText()).contains("a proof that is under way restores it");
        assertThat(json(api.get(job + "/events")).path("items").findValuesAsText("kind"))
                .contains("PROOF_REQUESTED");
    }

    @Test
    void doesNotTryWhatAComparisonRulesOut() {
        String job = job("ruled-out", PlannedGateway.INSERT, PlannedGateway.OTHER_INSERT);

        JsonNode refused = problem(prove(job, 2, of("ruled-out")), 409, "STATE_INCOMPATIBLE");

        assertThat(refused.path("detail").asText()).contains("is not tried");
        assertThat(refused.path("errors")).isNotEmpty();
        assertThat(json(api.get(job + "/proofs")).path("items")).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        String job = job("unproven", PlannedGateway.INSERT);

        problem(prove(job, 1, "{}"), 422, "SNAPSHOT_INVALID");
        problem(prove(job, 1, "{\"snapshot\":\"file:///etc\"}"), 422, "SNAPSHOT_INVALID");
        problem(prove(job, 7, "{}"), 404, "JOB_VERSION_NOT_FOUND");
        problem(prove(job, 1, "{}", "Idempotency-Key", "tuesday"), 422, "REQUEST_INVALID");
        problem(api.get(job + "/proofs/nothing"), 404, "PROOF_NOT_FOUND");
        problem(api.get(job + "/proofs/" + UUID.randomUUID()), 404, "PROOF_NOT_FOUND");
        problem(prove("/workspaces/default/jobs/absent", 1, "{}"), 404, "JOB_NOT_FOUND");
    }
}
