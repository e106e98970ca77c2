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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Tags and owners of jobs, call by call. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobLabelsHttpIT {
    private static final String SPEC =
            Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null));

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String team = "team-" + id;
    private final String nightly = "nightly:" + id;

    @BeforeEach
    void workspace() {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"" + team + "\"}"));
    }

    private String job(String name) {
        return "/workspaces/" + team + "/jobs/" + name;
    }

    private void apply(String name) {
        ok(admin.send("PUT", job(name), SPEC));
    }

    private HttpResponse<String> label(OpenApiExchanges caller, String name, String patch, String match) {
        return caller.send("PATCH", job(name) + "/labels", patch, "If-Match", match);
    }

    private OpenApiExchanges user(String name, String role) {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        ok(admin.send("PUT", "/workspaces/" + team + "/members/users/" + name, "{\"role\":\"" + role + "\"}"));
        return new OpenApiExchanges(ok(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}"))
                .path("secret")
                .asText());
    }

    private List<String> names(OpenApiExchanges caller, String query) {
        return ok(caller.get("/jobs?workspace=" + team + query)).path("items").findValuesAsText("name");
    }

    @Test
    void aJobHasTagsAndAnOwnerWithoutANewVersion() {
        OpenApiExchanges editor = user("editor-" + id, "EDITOR");
        ok(editor.send("PUT", job("orders"), SPEC));
        assertThat(ok(admin.get(job("orders"))).path("owner").asText()).isEqualTo("editor-" + id);
        ok(admin.send("POST", "/groups", "{\"name\":\"ops-" + id + "\"}"));

        String patch = "{\"tags\":[\"b\",\"a\",\"b\"],\"owner\":\"group:ops-" + id + "\"}";
        HttpResponse<String> labelled = label(editor, "orders", patch, "\"1\"");

        assertThat(ok(labelled).path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(json(labelled).path("owner").asText()).isEqualTo("group:ops-" + id);
        assertThat(json(labelled).path("version").asInt()).isEqualTo(1);
        assertThat(labelled.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(label(editor, "orders", patch, "\"2\"").headers().firstValue("ETag"))
                .as("what is so already")
                .contains("\"2\"");
        problem(label(editor, "orders", "{\"tags\":[\"c\"]}", "\"1\""), 409, "STALE_VERSION", "");
        problem(admin.send("PATCH", job("orders") + "/labels", patch), 428, "PRECONDITION_REQUIRED", "");
        JsonNode event = ok(admin.get(job("orders") + "/events")).path("items").path(0);
        assertThat(event.path("kind").asText()).isEqualTo("LABELS_CHANGED");
        assertThat(event.path("actor").asText()).isEqualTo("editor-" + id);
        assertThat(event.path("reason").asText())
                .isEqualTo("Tagged a, b. Owned by group:ops-" + id + ", before by editor-" + id + ".");
        assertThat(ok(label(editor, "orders", "{\"untags\":[\"a\",\"z\"]}", "*"))
                        .path("tags")
                        .toString())
                .isEqualTo("[\"b\"]");
    }

    @Test
    void refusesWhatIsNoTagAndWhoIsNobody() {
        apply("orders");

        problem(label(admin, "orders", "{\"tags\":[\"Not a tag\"]}", "*"), 422, "JOB_INVALID", "/tags");
        List<String> many = IntStream.range(0, 21).mapToObj(i -> "t" + i).toList();
        problem(label(admin, "orders", "{\"tags\":" + Json.write(many) + "}", "*"), 422, "JOB_INVALID", "/tags");
        problem(label(admin, "orders", "{}", "*"), 422, "REQUEST_INVALID", "/tags");
        problem(label(admin, "orders", "{\"owner\":\"nobody-at-all\"}", "*"), 404, "PRINCIPAL_NOT_FOUND", "/owner");
        problem(label(admin, "orders", "{\"owner\":\"group:no-group\"}", "*"), 404, "GROUP_NOT_FOUND", "/owner");
        problem(label(admin, "orders", "{\"owner\":\"Not A Name\"}", "*"), 422, "PRINCIPAL_INVALID", "/owner");
        assertThat(ok(admin.get(job("orders"))).path("generation").asInt()).isEqualTo(1);
        problem(label(user("viewer-" + id, "VIEWER"), "orders", "{\"tags\":[\"a\"]}", "*"), 403, "ACCESS_DENIED", "");
    }

    @Test
    void findsJobsByTagAndOwnerAndSaysWhichTagNobodyHas() {
        OpenApiExchanges viewer = user("viewer-" + id, "VIEWER");
        for (String name : List.of("a", "b", "c")) {
            apply(name);
        }
        ok(label(admin, "a", "{\"tags\":[\"" + nightly + "\",\"x-" + id + "\"]}", "*"));
        ok(label(admin, "b", "{\"tags\":[\"" + nightly + "\"],\"owner\":\"viewer-" + id + "\"}", "*"));

        assertThat(names(viewer, "&tag=" + nightly)).containsExactly("a", "b");
        assertThat(names(viewer, "&tag=" + nightly + "&tag=x-" + id)).containsExactly("a");
        assertThat(names(viewer, "&owner=viewer-" + id)).containsExactly("b");
        assertThat(names(viewer, "&q=X-" + id)).containsExactly("a");
        assertThat(names(viewer, "&tag=" + nightly + "&observed=RUNNING")).isEmpty();
        assertThat(ok(viewer.get("/jobs/tags?workspace=" + team)).path("items").toString())
                .isEqualTo("[{\"tag\":\"" + nightly + "\",\"jobs\":2},{\"tag\":\"x-" + id + "\",\"jobs\":1}]");
        JsonNode first = ok(viewer.get("/jobs/tags?pageSize=1&workspace=" + team));
        assertThat(ok(viewer.get("/jobs/tags?pageSize=1&workspace=" + team + "&pageToken="
                                + first.path("nextPageToken").asText()))
                        .path("items")
                        .findValuesAsText("tag"))
                .containsExactly("x-" + id);

        for (String slip : List.of("nightly:" + id + "x", "Nightly:" + id)) {
            HttpResponse<String> unknown = viewer.get("/jobs?tag=" + slip);
            problem(unknown, 422, "JOB_TAG_UNKNOWN", "/tag");
            assertThat(json(unknown).at("/errors/0/hint").asText()).isEqualTo("Did you mean '" + nightly + "'?");
        }
        HttpResponse<String> far = viewer.get("/jobs?tag=something-else-altogether");
        assertThat(json(far).at("/errors/0/hint").asText()).contains("millrace job tags");
    }

    @Test
    void tagsOfJobsThatOneMayNotSeeAreNotThere() {
        apply("a");
        ok(label(admin, "a", "{\"tags\":[\"" + nightly + "\"]}", "*"));
        ok(admin.send("POST", "/users", "{\"name\":\"stranger-" + id + "\"}"));
        OpenApiExchanges stranger =
                new OpenApiExchanges(ok(admin.send("POST", "/users/stranger-" + id + "/tokens", "{\"name\":\"test\"}"))
                        .path("secret")
                        .asText());

        assertThat(ok(stranger.get("/jobs/tags")).path("items")).isEmpty();
        HttpResponse<String> hidden = stranger.get("/jobs?tag=" + nightly);
        problem(hidden, 422, "JOB_TAG_UNKNOWN", "/tag");
        assertThat(json(hidden).at("/errors/0/hint").asText()).doesNotContain("Did you mean");
    }
}
