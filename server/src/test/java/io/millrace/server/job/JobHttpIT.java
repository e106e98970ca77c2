package io.millrace.server.job;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobWrite;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What people can do to jobs while no cluster answers: everything is recorded, nothing is lost or declared lost. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    private static String spec(String script) {
        return Json.write(new io.millrace.api.job.JobSpec(script, null, null, null, null, null, null));
    }

    private HttpResponse<String> apply(String name, String script, String... headers) {
        return api.send("PUT", "/workspaces/default/jobs/" + name, spec(script), headers);
    }

    private HttpResponse<String> want(String name, String patch) {
        return api.send("PATCH", "/workspaces/default/jobs/" + name, patch, "If-Match", "*");
    }

    @Test
    void createsUpdatesAndLeavesAlone() {
        var created = json(apply("applied", PlannedGateway.INSERT));
        assertThat(created.path("change").asText()).isEqualTo("CREATED");
        assertThat(created.path("diff").asText()).contains("+INSERT INTO sink SELECT * FROM source");
        JsonNode job = created.path("job");
        assertThat(job.path("desired").asText()).isEqualTo("STOPPED");
        assertThat(job.path("observed").asText()).isEqualTo("IDLE");
        assertThat(job.path("spec").path("checkpoint").asText()).isEqualTo("PT30S");
        assertThat(job.path("spec").path("target").asText()).isEqualTo("local");

        var same = json(apply("applied", PlannedGateway.INSERT));
        assertThat(same.path("change").asText()).isEqualTo("UNCHANGED");
        assertThat(same.path("diff").asText()).isEmpty();

        var updated = apply("applied", PlannedGateway.OTHER_INSERT);
        assertThat(json(updated).path("change").asText()).isEqualTo("UPDATED");
        assertThat(json(updated).path("job").path("version").asLong()).isEqualTo(2);
        assertThat(updated.headers().firstValue("ETag")).contains("\"2\"");

        var versions = json(api.get("/workspaces/default/jobs/applied/versions?pageSize=1"));
        assertThat(versions.path("items").path(0).path("version").asLong()).isEqualTo(2);
        var rest = json(api.get("/workspaces/default/jobs/applied/versions?pageToken="
                + versions.path("nextPageToken").asText()));
        assertThat(rest.path("items").path(0).path("version").asLong()).isEqualTo(1);
    }

    @Test
    void keepsWhatTheAuthorSaysOfAVersion() {
        putSaying("said", PlannedGateway.INSERT, "  First try.\n");
        putSaying("said", PlannedGateway.INSERT, "Nothing changed, so nothing is kept.");
        putSaying("said", PlannedGateway.OTHER_INSERT, "Reads the other table.");

        assertThat(json(api.get("/workspaces/default/jobs/said/versions")).path("items"))
                .extracting(version -> version.path("message").asText())
                .containsExactly("Reads the other table.", "First try.");
    }

    @Test
    void saysWhichTextHoldsACharacterThatCannotBeKept() {
        problem(putSaying("kept", PlannedGateway.INSERT, "a\0b"), 422, "REQUEST_INVALID");
        var script = apply("kept", PlannedGateway.INSERT + "\0");
        problem(script, 422, "REQUEST_INVALID");
        assertThat(json(script).path("errors").path(0).path("pointer").asText()).isEqualTo("/script");
        assertThat(json(script).path("detail").asText()).contains("U+0000");
        problem(api.get("/workspaces/default/jobs/kept"), 404, "JOB_NOT_FOUND");
        problem(api.get("/jobs?q=a%00b"), 422, "REQUEST_INVALID");
    }

    private HttpResponse<String> putSaying(String name, String script, String message) {
        var spec = new io.millrace.api.job.JobSpec(script, null, null, null, null, null, null);
        return api.send("PUT", "/workspaces/default/jobs/" + name, Json.write(JobWrite.of(spec, message)));
    }

    @Test
    void aDryRunChangesNothing() {
        var answer = json(api.send("PUT", "/workspaces/default/jobs/dry?dryRun=true", spec(PlannedGateway.INSERT)));

        assertThat(answer.path("change").asText()).isEqualTo("CREATED");
        assertThat(answer.has("job")).isFalse();
        problem(api.get("/workspaces/default/jobs/dry"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void saysWhatIsWrongWithAJobAndWhere() {
        var ddl = apply("wrong", PlannedGateway.DDL);
        problem(ddl, 422, "JOB_INVALID");
        JsonNode error = json(ddl).path("errors").path(0);
        assertThat(error.path("pointer").asText()).isEqualTo("/script");
        assertThat(error.path("line").asInt()).isEqualTo(2);
        problem(apply("wrong", PlannedGateway.QUERY), 422, "JOB_INVALID");
        problem(apply("wrong", PlannedGateway.SETTINGS), 422, "JOB_INVALID");
        problem(apply("wrong", "SELEC 1"), 422, "SQL_INVALID");
        problem(apply("Wrong_Name", PlannedGateway.INSERT), 422, "JOB_INVALID");
        String elsewhere = Json.write(
                new io.millrace.api.job.JobSpec(PlannedGateway.INSERT, null, "loca", null, null, null, null));
        var target = api.send("PUT", "/workspaces/default/jobs/wrong", elsewhere);
        problem(target, 422, "JOB_INVALID");
        assertThat(json(target).path("errors").path(0).path("hint").asText()).isEqualTo("Did you mean 'local'?");
        problem(api.get("/workspaces/default/jobs/wrong"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void changesOnlyWhatTheCallerHasRead() {
        apply("guarded", PlannedGateway.INSERT, "If-None-Match", "*");

        problem(apply("guarded", PlannedGateway.OTHER_INSERT, "If-None-Match", "*"), 409, "STALE_VERSION");
        problem(apply("guarded", PlannedGateway.OTHER_INSERT, "If-Match", "\"9\""), 409, "STALE_VERSION");
        problem(
                api.send("PATCH", "/workspaces/default/jobs/guarded", "{\"desired\":\"RUNNING\"}"),
                428,
                "PRECONDITION_REQUIRED");
        problem(api.delete("/workspaces/default/jobs/guarded"), 428, "PRECONDITION_REQUIRED");
        problem(
                api.send("PATCH", "/workspaces/default/jobs/guarded", "{\"desired\":\"RUNNING\"}", "If-Match", "\"7\""),
                409,
                "STALE_VERSION");
        assertThat(apply("guarded", PlannedGateway.OTHER_INSERT, "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void recordsWishesAndRefusesToDeleteWhatIsWanted() {
        apply("wanted", PlannedGateway.INSERT);

        var started = want("wanted", "{\"desired\":\"RUNNING\"}");
        assertThat(json(started).path("desired").asText()).isEqualTo("RUNNING");
        assertThat(started.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(want("wanted", "{\"desired\":\"RUNNING\"}").headers().firstValue("ETag"))
                .as("wanting it twice is wanting it")
                .contains("\"2\"");
        problem(api.delete("/workspaces/default/jobs/wanted", "If-Match", "*"), 409, "JOB_BUSY");

        assertThat(json(want("wanted", "{\"desired\":\"STOPPED\"}"))
                        .path("observed")
                        .asText())
                .isEqualTo("IDLE");
        assertThat(api.delete("/workspaces/default/jobs/wanted", "If-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        problem(api.get("/workspaces/default/jobs/wanted"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void saysWhatBecomesOfTheStateWithAnotherVersion() {
        apply("compared", PlannedGateway.INSERT);
        apply("compared", PlannedGateway.OTHER_INSERT);

        problem(api.get("/workspaces/default/jobs/compared/versions/2/compatibility"), 422, "REQUEST_INVALID");
        problem(
                api.get("/workspaces/default/jobs/compared/versions/3/compatibility?from=1"),
                404,
                "JOB_VERSION_NOT_FOUND");
        var found = json(api.get("/workspaces/default/jobs/compared/versions/2/compatibility?from=1"));
        var same = json(api.get("/workspaces/default/jobs/compared/versions/2/compatibility?from=2"));

        assertThat(found.path("verdict").asText()).isEqualTo("INCOMPATIBLE");
        assertThat(found.path("operators").findValuesAsText("fate")).containsExactly("KEPT", "CHANGED", "KEPT");
        assertThat(found.path("operators").path(1).path("reason").asText())
                .startsWith("Its aggregates changed from COUNT(*) to SUM(n).");
        assertThat(same.path("verdict").asText()).isEqualTo("IDENTICAL");
        var dry = json(api.send("PUT", "/workspaces/default/jobs/compared?dryRun=true", spec(PlannedGateway.INSERT)));
        assertThat(dry.has("compatibility"))
                .as("it has not run, so it has no state")
                .isFalse();
    }

    @Test
    void deploysOneVersionAfterTheOther() {
        apply("deployed", PlannedGateway.INSERT);
        apply("deployed", PlannedGateway.OTHER_INSERT);

        problem(want("deployed", "{\"desired\":\"RUNNING\",\"version\":3}"), 404, "JOB_VERSION_NOT_FOUND");
        assertThat(want("deployed", "{\"desired\":\"RUNNING\",\"version\":1}").statusCode())
                .isEqualTo(200);
        assertThat(want("deployed", "{\"desired\":\"RUNNING\"}").headers().firstValue("ETag"))
                .as("it runs; what is newest is not asked for")
                .contains("\"3\"");
        problem(want("deployed", "{\"desired\":\"RUNNING\",\"empty\":true}"), 409, "JOB_BUSY");
        assertThat(want("deployed", "{\"desired\":\"RUNNING\",\"version\":2}")
                        .headers()
                        .firstValue("ETag"))
                .contains("\"4\"");

        var newest = json(api.get("/workspaces/default/jobs/deployed/events?pageSize=1"));
        assertThat(newest.path("items").path(0).path("reason").asText()).contains("version 2");
    }

    @Test
    void beginsOnlyWithWhatIsTheJobsOwn() {
        apply("begun", PlannedGateway.INSERT);

        for (String path : List.of(
                "file:///etc/passwd",
                "file:/nowhere/savepoints/00000000-0000-0000-0000-000000000000/1/x",
                "file:/nowhere/savepoints/../../etc",
                "/tmp/savepoint-1",
                "")) {
            var refused = want("begun", "{\"desired\":\"RUNNING\",\"snapshot\":\"" + path + "\"}");
            problem(refused, 422, "SNAPSHOT_INVALID");
            assertThat(json(refused).path("errors").path(0).path("pointer").asText())
                    .isEqualTo("/snapshot");
        }
        problem(want("begun", "{\"desired\":\"RUNNING\",\"snapshot\":\"x\",\"empty\":true}"), 422, "REQUEST_INVALID");
        assertThat(json(api.get("/workspaces/default/jobs/begun"))
                        .path("desired")
                        .asText())
                .isEqualTo("STOPPED");
    }

    @Test
    void hasNoAttemptsBeforeItIsStarted() {
        apply("untried", PlannedGateway.INSERT);

        assertThat(json(api.get("/workspaces/default/jobs/untried/attempts")).path("items"))
                .isEmpty();
        problem(api.get("/workspaces/default/jobs/untried/attempts/1"), 404, "JOB_ATTEMPT_NOT_FOUND");
        problem(api.get("/workspaces/default/jobs/nothing/attempts/1"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void hasNoLogsBeforeItIsStarted() {
        apply("unlogged", PlannedGateway.INSERT);
        String logs = "/workspaces/default/jobs/unlogged/logs";

        JsonNode page = json(api.get(logs + "?level=WARN&order=-time&q=x&from=2026-01-01T00:00:00Z"));

        assertThat(page.path("items")).isEmpty();
        assertThat(page.path("notes").toString()).contains("has not been started yet");
        assertThat(api.get(logs + "/text").body()).isEqualTo("# The job has not been started yet.\n");
        for (String wrong : List.of("level=LOUD", "from=yesterday", "until=x", "order=name", "pageToken=MTox")) {
            HttpResponse<String> answer = api.withWrongRequest().get(logs + "?" + wrong);
            problem(answer, 422, "REQUEST_INVALID");
            assertThat(json(answer).path("errors").path(0).path("pointer").asText())
                    .isEqualTo("/" + wrong.replaceFirst("=.*", ""));
        }
        problem(api.get("/workspaces/default/jobs/unlogged/attempts/7/logs"), 404, "JOB_ATTEMPT_NOT_FOUND");
    }

    @Test
    void tellsWhatHappenedNewestFirst() {
        apply("told", PlannedGateway.INSERT);
        want("told", "{\"desired\":\"RUNNING\",\"empty\":true}");
        want("told", "{\"desired\":\"STOPPED\",\"savepoint\":false}");

        List<String> kinds = new ArrayList<>();
        json(api.get("/workspaces/default/jobs/told/events"))
                .path("items")
                .forEach(event -> kinds.add(event.path("kind").asText()));

        assertThat(kinds).containsExactly("STOP_REQUESTED", "START_REQUESTED", "APPLIED");
    }

    @Test
    void listsFiltersSortsAndPages() {
        for (String name : List.of("list-c", "list-a", "list-b")) {
            apply(name, PlannedGateway.INSERT);
        }

        var first = json(api.get("/jobs?q=list-&pageSize=2&sort=-name"));
        assertThat(first.path("items").findValuesAsText("name")).contains("list-c", "list-b");
        var second = json(api.get("/jobs?q=list-&pageSize=2&sort=-name&pageToken="
                + first.path("nextPageToken").asText()));
        assertThat(second.path("items").path(0).path("name").asText()).isEqualTo("list-a");
        assertThat(json(api.get("/jobs?q=list-&observed=RUNNING")).path("items"))
                .isEmpty();
        problem(api.withWrongRequest().get("/jobs?sort=size"), 422, "REQUEST_INVALID");
    }

    @Test
    void showsTheClusterThatDoesNotAnswer() {
        var targets = json(api.get("/targets")).path("items");

        assertThat(targets).hasSize(1);
        assertThat(targets.path(0).path("name").asText()).isEqualTo("local");
        assertThat(targets.path(0).has("slotsTotal")).isFalse();
    }
}
