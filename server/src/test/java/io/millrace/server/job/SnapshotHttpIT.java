package io.millrace.server.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** What people can do to the ledger while no cluster answers. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class SnapshotHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Inject
    Jdbi jdbi;

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return Json.lenient().readTree(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status, String code) throws JsonProcessingException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    /** A job and where its snapshots are. */
    private String job(String name) {
        var spec = new io.millrace.api.job.JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null);
        var made = api.send("PUT", "/workspaces/default/jobs/" + name, Json.write(spec));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return "/workspaces/default/jobs/" + name + "/snapshots";
    }

    private String available(String job, int minute) {
        String directory = "file:///nowhere/" + job + "/" + minute;
        String id = UUID.nameUUIDFromBytes(directory.getBytes(UTF_8)).toString();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin,
                            directory, path, checkpoint, files, bytes, pinned, phase, outcome, created_at, changed_at)
                        SELECT CAST(:id AS uuid), 'local', workspace_id, id, name, 1, 1, 'STOP', :directory, :path, 1, 1,
                            100, false, 'AVAILABLE', '', at, at
                        FROM job, (SELECT timestamptz '2026-06-01 12:00:00Z' + make_interval(mins => :minute) AS at) t
                        WHERE name = :job
                        """)
                .bind("id", id)
                .bind("directory", directory)
                .bind("path", directory + "/savepoint-1")
                .bind("minute", minute)
                .bind("job", job)
                .execute());
        return id;
    }

    @Test
    void listsTheNewestFirstInPartsAndSaysWhatIsWrong() throws JsonProcessingException {
        String snapshots = job("listed");
        String older = available("listed", 1);
        String newer = available("listed", 2);

        JsonNode first = json(api.get(snapshots + "?pageSize=1"));
        JsonNode rest = json(
                api.get(snapshots + "?pageToken=" + first.path("nextPageToken").asText()));

        assertThat(first.path("items").findValuesAsText("id")).containsExactly(newer);
        assertThat(rest.path("items").findValuesAsText("id")).containsExactly(older);
        JsonNode shown = json(api.get(snapshots + "/" + newer));
        assertThat(shown.path("restorable").asBoolean()).isFalse();
        assertThat(shown.path("problem").asText()).contains("metadata");
        assertThat(shown.path("bytes").asLong()).isEqualTo(100);
    }

    @Test
    void takesASavepointOnlyOfAJobThatRuns() throws JsonProcessingException {
        String snapshots = job("idle");

        problem(api.send("POST", snapshots, ""), 409, "JOB_BUSY");
        problem(api.send("POST", snapshots, "", "Idempotency-Key", "tuesday"), 422, "REQUEST_INVALID");
        assertThat(json(api.get(snapshots)).path("items")).isEmpty();
    }

    @Test
    void pinsAndDisposes() throws JsonProcessingException {
        String snapshots = job("pinned");
        String id = available("pinned", 1);
        assertThat(json(api.send("PATCH", snapshots + "/" + id, "{\"pinned\":true}"))
                        .path("pinned")
                        .asBoolean())
                .isTrue();

        var refused = api.send("DELETE", snapshots + "/" + id, "");
        problem(refused, 409, "SNAPSHOT_IN_USE");
        assertThat(json(refused).path("detail").asText()).contains("pinned", "Unpin");

        api.send("PATCH", snapshots + "/" + id, "{\"pinned\":false}");
        var disposed = api.send("DELETE", snapshots + "/" + id, "");
        assertThat(disposed.statusCode()).isEqualTo(202);
        assertThat(json(disposed).path("phase").asText()).isEqualTo("DISPOSING");
        problem(api.send("PATCH", snapshots + "/" + id, "{\"pinned\":true}"), 422, "SNAPSHOT_INVALID");
    }

    @Test
    void aSnapshotOfAnotherJobIsNone() throws JsonProcessingException {
        String mine = job("mine");
        job("theirs");
        String theirs = available("theirs", 1);

        problem(api.get(mine + "/" + theirs), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.send("DELETE", mine + "/" + theirs, ""), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.get(mine + "/nothing"), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.send("POST", mine, "", "Idempotency-Key", theirs), 422, "REQUEST_INVALID");
    }
}
