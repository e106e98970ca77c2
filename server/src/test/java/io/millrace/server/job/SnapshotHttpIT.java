package io.millrace.server.job;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What people can do to the ledger while no cluster answers. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class SnapshotHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Inject
    Jdbi jdbi;

    /** A job and where its snapshots are. */
    private String job(String name) {
        var spec = new io.millrace.api.job.JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null);
        var made = api.send("PUT", "/workspaces/default/jobs/" + name, Json.write(spec));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return "/workspaces/default/jobs/" + name + "/snapshots";
    }

    private String available(String job, int minute) {
        String directory = Savepoints.root("savepoints") + "/" + job + "/" + minute;
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
    void listsTheNewestFirstInPartsAndSaysWhatIsWrong() {
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
    void takesASavepointOnlyOfAJobThatRuns() {
        String snapshots = job("idle");

        problem(api.send("POST", snapshots, ""), 409, "JOB_BUSY");
        problem(api.send("POST", snapshots, "", "Idempotency-Key", "tuesday"), 422, "REQUEST_INVALID");
        assertThat(json(api.get(snapshots)).path("items")).isEmpty();
    }

    @Test
    void pinsAndDisposes() {
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
    void aSnapshotOfAnotherJobIsNone() {
        String mine = job("mine");
        job("theirs");
        String theirs = available("theirs", 1);

        problem(api.get(mine + "/" + theirs), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.send("DELETE", mine + "/" + theirs, ""), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.get(mine + "/nothing"), 404, "SNAPSHOT_NOT_FOUND");
        problem(api.send("POST", mine, "", "Idempotency-Key", theirs), 422, "REQUEST_INVALID");
    }

    private void noStart(String job, String path) {
        String start = "{\"desired\":\"RUNNING\",\"snapshot\":\"" + path + "\"}";
        var answer = api.send("PATCH", "/workspaces/default/jobs/" + job, start, "If-Match", "*");
        problem(answer, 422, "SNAPSHOT_INVALID");
        assertThat(json(answer).path("detail").asText()).contains("no savepoint or checkpoint of this job");
        assertThat(json(answer).path("errors").path(0).path("pointer").asText()).isEqualTo("/snapshot");
    }

    @Test
    void aJobBeginsWithNothingThatIsNotItsOwn() {
        job("beginner");
        available("beginner", 1);
        String root = Savepoints.root("savepoints");
        String id = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM job WHERE name = 'beginner'")
                .mapTo(String.class)
                .one());
        Savepoints.write(root + "/beginner/1/savepoint-1", 6);
        Savepoints.write(root + "/" + id + "/1/op/savepoint-1", 6);
        String foreign = "/" + UUID.randomUUID() + "/1/op/savepoint-1";
        Savepoints.write(root + foreign, 6);

        noStart("beginner", root + foreign);
        noStart("beginner", root + "/beginner/1/../.." + foreign);
        noStart("beginner", root + "/" + id + "/.." + foreign);
        noStart("beginner", root + "/" + id + "/%2e%2e" + foreign);
        noStart("beginner", root + "/" + id + "/%2E%2e%2f" + foreign);
        noStart("beginner", root + "/" + id + "/1/op/savepoint-1 ?");
        noStart("beginner", "");
    }

    private HttpResponse<String> imported(String job, String path) {
        return api.send("POST", "/workspaces/default/jobs/" + job + "/snapshot-imports", "{\"path\":\"" + path + "\"}");
    }

    @Test
    void aJobBeginsWithWhatWasImportedForIt() {
        String snapshots = job("importer");
        job("bystander");
        String place = Savepoints.write(Savepoints.root("imports") + "/default/mine/savepoint-1", 6);

        var made = imported("importer", place + "/");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("restorable").asBoolean()).isTrue();
        assertThat(json(made).path("origin").asText()).isEqualTo("IMPORT");
        assertThat(json(imported("importer", place)).path("id"))
                .isEqualTo(json(made).path("id"));
        assertThat(json(api.get(snapshots)).path("items")).hasSize(1);

        String start = "{\"desired\":\"RUNNING\",\"snapshot\":\"" + place + "\"}";
        problem(
                api.send("PATCH", "/workspaces/default/jobs/bystander", start, "If-Match", "*"),
                422,
                "SNAPSHOT_INVALID");
        var started = api.send("PATCH", "/workspaces/default/jobs/importer", start, "If-Match", "*");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
        String id = json(made).path("id").asText();
        assertThat(json(api.get(snapshots + "/" + id)).path("references").toString())
                .contains("WISH");
        problem(api.send("DELETE", snapshots + "/" + id, ""), 409, "SNAPSHOT_IN_USE");
    }

    @Test
    void whatIsImportedForAJobThatGoesAwayMeanwhileIsForNoJob() {
        job("goes");
        String place = Savepoints.write(Savepoints.root("imports") + "/default/goes/savepoint-1", 6);

        CompletableFuture<HttpResponse<String>> made;
        try (Handle handle = jdbi.open()) {
            handle.begin();
            handle.execute("DELETE FROM job WHERE name = 'goes'");
            made = CompletableFuture.supplyAsync(() -> imported("goes", place));
            String waiting = "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
            await().until(() -> jdbi.withHandle(
                            each -> each.createQuery(waiting).mapTo(Long.class).one())
                    > 0);
            handle.commit();
        }

        problem(made.join(), 404, "JOB_NOT_FOUND");
    }

    private void refused(String job, String path, String why) {
        var answer = imported(job, path);
        problem(answer, 422, "SNAPSHOT_INVALID");
        assertThat(json(answer).path("detail").asText()).contains(why);
        assertThat(json(answer).path("errors").path(0).path("pointer").asText()).isEqualTo("/path");
        assertThat(json(answer).path("errors").path(0).path("hint").asText()).isNotEmpty();
    }

    @Test
    void whatCannotBeImportedIsRefusedWithTheReason() throws IOException {
        String snapshots = job("refused");
        String imports = Savepoints.root("imports");
        String other = Savepoints.write(imports + "/payments/savepoint-1", 6);
        Path link = Path.of(URI.create(imports + "/default")).resolve("link");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(URI.create(other)));

        refused("refused", other, "workspace 'default' may import");
        refused("refused", imports + "/default/../payments/savepoint-1", "may import");
        refused("refused", imports + "/default/%2e%2e/payments/savepoint-1", "may import");
        refused("refused", imports + "/default/link", "no complete savepoint");
        refused("refused", "file:///etc", "may import");
        refused("refused", "s3://bucket/savepoint-1", "may import");
        refused("refused", imports + "/default/nothing", "no complete savepoint");
        refused("refused", Savepoints.write(imports + "/default/newer", 7), "format 7");
        refused("refused", Savepoints.write(imports + "/default/broken", 0), "format 0");
        String elsewhere = Savepoints.root("savepoints") + "/" + UUID.randomUUID() + "/1/op/savepoint-1";
        refused("refused", Savepoints.write(elsewhere, 6), "may import");
        assertThat(json(api.get(snapshots)).path("items")).isEmpty();
    }

    @Test
    void whatADeletedJobLeftIsListedImportedAndDeleted() {
        job("leaver");
        String id = available("leaver", 1);
        String place = Savepoints.write(
                jdbi.withHandle(handle -> handle.createQuery("SELECT path FROM snapshot WHERE id = CAST(? AS uuid)")
                        .bind(0, id)
                        .mapTo(String.class)
                        .one()),
                6);
        String stray =
                Savepoints.write(Savepoints.root("savepoints") + "/" + UUID.randomUUID() + "/1/op/savepoint-1", 6);
        assertThat(api.get("/snapshot-orphans").body()).doesNotContain(id);
        assertThat(api.send("DELETE", "/workspaces/default/jobs/leaver", "", "If-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.get("/snapshot-orphans").body())
                .as("it is in the bin")
                .doesNotContain(id)
                .contains(stray);
        String deleted =
                json(api.get("/deleted-jobs?q=leaver")).at("/items/0/id").asText();
        assertThat(api.delete("/deleted-jobs/" + deleted).statusCode()).isEqualTo(204);

        assertThat(api.get("/snapshot-orphans").body()).contains(id, stray);
        job("heir");
        var made = imported("heir", place);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        problem(api.send("DELETE", "/snapshot-orphans/" + id, ""), 409, "SNAPSHOT_IN_USE");
        problem(
                api.send("DELETE", "/snapshot-orphans/" + json(made).path("id").asText(), ""),
                404,
                "SNAPSHOT_NOT_FOUND");
        jdbi.useHandle(handle -> handle.execute("DELETE FROM snapshot WHERE origin = 'IMPORT'"));
        assertThat(api.send("DELETE", "/snapshot-orphans/" + id, "").statusCode())
                .isEqualTo(202);
    }
}
