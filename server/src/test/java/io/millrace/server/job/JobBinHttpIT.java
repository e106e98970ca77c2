package io.millrace.server.job;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.ok;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/** Deleted jobs, call by call. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobBinHttpIT {
    private static final String SPEC =
            Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null));

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String team = "team-" + id;

    @Inject
    Jdbi jdbi;

    @Inject
    JobBinService service;

    @BeforeEach
    void workspace() {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"" + team + "\"}"));
    }

    private String job(String name) {
        return "/workspaces/" + team + "/jobs/" + name;
    }

    private JsonNode apply(String name) {
        return ok(admin.send("PUT", job(name), SPEC));
    }

    private void delete(String name) {
        ok(admin.delete(job(name), "If-Match", "*"));
    }

    private OpenApiExchanges member(String name, String role) {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        ok(admin.send("PUT", "/workspaces/" + team + "/members/users/" + name, "{\"role\":\"" + role + "\"}"));
        return new OpenApiExchanges(ok(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}"))
                .path("secret")
                .asText());
    }

    /** Those of the workspace, as they were deleted last. */
    private List<String> bin(OpenApiExchanges caller, String field) {
        return ok(caller.get("/deleted-jobs?workspace=" + team)).path("items").findValuesAsText(field);
    }

    private String newest() {
        return bin(admin, "id").get(0);
    }

    private HttpResponse<String> restore(OpenApiExchanges caller, String deleted, String body) {
        return caller.send("POST", "/deleted-jobs/" + deleted + "/restorations", body);
    }

    @Test
    void aDeletedJobComesBackWithEverythingThatItHad() {
        apply("orders");
        ok(admin.send("PUT", job("orders"), SPEC.replace(PlannedGateway.INSERT, PlannedGateway.OTHER_INSERT)));
        delete("orders");

        problem(admin.get(job("orders")), 404, "JOB_NOT_FOUND");
        problem(admin.send("PATCH", job("orders"), "{\"desired\":\"RUNNING\"}", "If-Match", "*"), 404, "JOB_NOT_FOUND");
        problem(admin.get(job("orders") + "/versions"), 404, "JOB_NOT_FOUND");
        assertThat(ok(admin.get("/jobs?workspace=" + team)).path("items")).isEmpty();
        JsonNode deleted =
                ok(admin.get("/deleted-jobs?workspace=" + team)).path("items").path(0);
        assertThat(deleted.path("name").asText()).isEqualTo("orders");
        assertThat(deleted.path("deletedBy").asText()).isEqualTo("local");
        assertThat(deleted.path("version").asInt()).isEqualTo(2);
        assertThat(deleted.path("purgedAt").asText())
                .isGreaterThan(deleted.path("deletedAt").asText());

        HttpResponse<String> answer = restore(admin, deleted.path("id").asText(), "{}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).contains("\"4\"");
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith(job("orders"));
        assertThat(ok(admin.get(job("orders") + "/versions")).path("items")).hasSize(2);
        assertThat(ok(admin.get(job("orders") + "/events")).path("items").findValuesAsText("kind"))
                .startsWith("RESTORED", "DELETED", "APPLIED");
        assertThat(ok(admin.get(job("orders") + "/events")).path("items").findValuesAsText("actor"))
                .hasSize(4)
                .containsOnly("local");
        problem(restore(admin, deleted.path("id").asText(), "{}"), 404, "JOB_NOT_FOUND");
        ok(admin.send("PATCH", job("orders"), "{\"desired\":\"RUNNING\"}", "If-Match", "*"));
    }

    @Test
    void aNewJobTakesTheNameAndSaysSo() {
        assertThat(apply("orders").has("notice")).isFalse();
        delete("orders");
        String old = newest();

        String dry = ok(admin.send("PUT", job("orders") + "?dryRun=true", SPEC))
                .path("notice")
                .asText();
        assertThat(dry)
                .startsWith("It is a new job. The 'orders' that 'local' deleted at ")
                .contains(" is in the bin");
        assertThat(apply("orders").path("notice").asText()).isEqualTo(dry);
        assertThat(apply("orders").has("notice")).as("it is there").isFalse();

        HttpResponse<String> taken = restore(admin, old, "{}");
        problem(taken, 409, "JOB_EXISTS");
        JsonNode flaw = json(taken).path("errors").path(0);
        assertThat(flaw.path("pointer").asText()).isEqualTo("/name");
        assertThat(flaw.path("hint").asText()).contains("--as");
        problem(restore(admin, old, "{\"name\":\"Not A Name\"}"), 422, "JOB_INVALID");
        assertThat(ok(restore(admin, old, "{\"name\":\"orders-old\"}"))
                        .path("name")
                        .asText())
                .isEqualTo("orders-old");
        delete("orders");
        assertThat(bin(admin, "name")).containsExactly("orders");
    }

    @Test
    void aPurgedJobIsGoneWithWhatIsGrantedOnItAndARestoredOneIsNot() {
        OpenApiExchanges viewer = member("viewer-" + id, "VIEWER");
        OpenApiExchanges editor = member("editor-" + id, "EDITOR");
        OpenApiExchanges blind = new OpenApiExchanges(null);
        apply("orders");
        String grant = "{\"to\":{\"kind\":\"USER\",\"name\":\"viewer-" + id
                + "\"},\"object\":{\"kind\":\"JOB\",\"path\":[\"" + team + "\",\"orders\"]},\"privileges\":[\"DROP\"]}";
        ok(admin.send("POST", "/grants", grant));
        ok(viewer.delete(job("orders"), "If-Match", "*"));
        String deleted = newest();
        assertThat(bin(admin, "deletedBy")).containsExactly("viewer-" + id);
        assertThat(ok(admin.get("/grants?granteeKind=USER&grantee=viewer-" + id))
                        .toString())
                .contains("orders");

        assertThat(blind.get("/deleted-jobs").statusCode()).isEqualTo(401);
        ok(restore(viewer, deleted, "{}"));
        ok(editor.delete(job("orders"), "If-Match", "*"));
        ok(viewer.delete("/deleted-jobs/" + deleted));

        problem(admin.delete("/deleted-jobs/" + deleted), 404, "JOB_NOT_FOUND");
        assertThat(bin(admin, "id")).isEmpty();
        assertThat(ok(admin.get("/grants?granteeKind=USER&grantee=viewer-" + id))
                        .toString())
                .doesNotContain("orders");
    }

    @Test
    void whoMayNotDeleteMayNotRestoreAndWhoMayNotSeeFindsNothing() {
        OpenApiExchanges viewer = member("viewer-" + id, "VIEWER");
        apply("orders");
        delete("orders");
        String deleted = newest();
        ok(admin.send("POST", "/users", "{\"name\":\"stranger-" + id + "\"}"));
        OpenApiExchanges stranger =
                new OpenApiExchanges(ok(admin.send("POST", "/users/stranger-" + id + "/tokens", "{\"name\":\"test\"}"))
                        .path("secret")
                        .asText());

        assertThat(bin(viewer, "id")).containsExactly(deleted);
        problem(restore(viewer, deleted, "{}"), 403, "ACCESS_DENIED");
        problem(viewer.delete("/deleted-jobs/" + deleted), 403, "ACCESS_DENIED");
        assertThat(ok(stranger.get("/deleted-jobs")).path("items")).isEmpty();
        problem(stranger.get("/deleted-jobs?workspace=" + team), 404, "WORKSPACE_NOT_FOUND");
        problem(restore(stranger, deleted, "{}"), 404, "JOB_NOT_FOUND");
        problem(stranger.delete("/deleted-jobs/" + deleted), 404, "JOB_NOT_FOUND");
        problem(stranger.delete("/deleted-jobs/not-an-id"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void isListedInPartsAndSearched() {
        for (String name : List.of("a-one", "b-two", "b-three")) {
            apply(name);
            delete(name);
        }

        JsonNode first = ok(admin.get("/deleted-jobs?pageSize=2&workspace=" + team));
        assertThat(first.path("items").findValuesAsText("name")).containsExactly("b-three", "b-two");
        String rest = "/deleted-jobs?pageSize=2&workspace=" + team + "&pageToken="
                + first.path("nextPageToken").asText();
        assertThat(ok(admin.get(rest)).path("items").findValuesAsText("name")).containsExactly("a-one");
        assertThat(ok(admin.get("/deleted-jobs?q=B-T&workspace=" + team))
                        .path("items")
                        .findValuesAsText("name"))
                .containsExactly("b-three", "b-two");
    }

    @Test
    void aWorkspaceStaysWhileJobsAreInItsBin() {
        apply("orders");
        delete("orders");

        HttpResponse<String> refused = admin.delete("/workspaces/" + team, "If-Match", "*");
        problem(refused, 409, "WORKSPACE_NOT_EMPTY");
        assertThat(json(refused).path("detail").asText()).contains("--deleted");
        ok(admin.delete("/deleted-jobs/" + newest()));
        ok(admin.delete("/workspaces/" + team, "If-Match", "*"));
    }

    @Test
    void isForgottenWhenItsTimeIsOver() {
        for (String name : List.of("old", "young")) {
            apply(name);
            delete(name);
        }
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE job SET deleted_at = deleted_at - interval '31 days' WHERE id = CAST(? AS uuid)",
                bin(admin, "id").get(1)));

        service.purgeOld();

        assertThat(bin(admin, "name")).containsExactly("young");
    }
}
