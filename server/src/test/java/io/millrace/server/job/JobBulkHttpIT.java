package io.millrace.server.job;

import static io.millrace.server.http.Answers.ok;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One thing done to many jobs. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobBulkHttpIT {
    private static final String SPEC =
            Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null));

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String team = "team-" + id;
    private final String other = "other-" + id;

    @BeforeEach
    void workspaces() {
        for (String name : List.of(team, other)) {
            ok(admin.send("POST", "/workspaces", "{\"name\":\"" + name + "\"}"));
        }
    }

    private static String job(String workspace, String name) {
        return "/workspaces/" + workspace + "/jobs/" + name;
    }

    private void apply(String workspace, String... names) {
        for (String name : names) {
            ok(admin.send("PUT", job(workspace, name), SPEC));
        }
    }

    private String desired(String workspace, String name) {
        return ok(admin.get(job(workspace, name))).path("desired").asText();
    }

    private String named(String action, String... names) {
        String jobs = Arrays.stream(names)
                .map(name -> "{\"workspace\":\"" + team + "\",\"name\":\"" + name + "\"}")
                .collect(Collectors.joining(","));
        return "{\"action\":\"" + action + "\",\"jobs\":[" + jobs + "]}";
    }

    private String filtered(String action, String more) {
        return "{\"action\":\"" + action + "\",\"filter\":{\"workspace\":\"" + team + "\"" + more + "}}";
    }

    private JsonNode run(OpenApiExchanges caller, String body) {
        return ok(caller.send("POST", "/jobs/bulk", body));
    }

    private OpenApiExchanges user(String name, String permissions) {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        String token = "{\"name\":\"test\"" + permissions + "}";
        return new OpenApiExchanges(ok(admin.send("POST", "/users/" + name + "/tokens", token))
                .path("secret")
                .asText());
    }

    private void role(String workspace, String user, String role) {
        ok(admin.send("PUT", "/workspaces/" + workspace + "/members/users/" + user, "{\"role\":\"" + role + "\"}"));
    }

    @Test
    void eachJobIsDecidedByItselfAndNoneStopsTheOthers() {
        apply(team, "a", "b", "c");
        ok(admin.send("PATCH", job(team, "b"), "{\"desired\":\"RUNNING\"}", "If-Match", "*"));

        JsonNode started = run(admin, named("START", "a", "b", "missing", "Not A Name", "c", "a"));

        assertThat(started.path("items"))
                .extracting(
                        item -> item.path("name").asText(),
                        item -> item.path("outcome").asText(),
                        item -> item.path("code").asText())
                .containsExactly(
                        tuple("a", "DONE", ""),
                        tuple("b", "UNCHANGED", ""),
                        tuple("missing", "REFUSED", "JOB_NOT_FOUND"),
                        tuple("Not A Name", "REFUSED", "JOB_NOT_FOUND"),
                        tuple("c", "DONE", ""));
        assertThat(started.path("items").path(2).path("detail").asText()).contains("There is no job 'missing'");
        assertThat(List.of(
                        started.path("done").asInt(),
                        started.path("unchanged").asInt(),
                        started.path("refused").asInt()))
                .containsExactly(2, 1, 2);
        assertThat(desired(team, "c")).isEqualTo("RUNNING");

        JsonNode deleted = run(admin, named("DELETE", "a"));
        assertThat(deleted.at("/items/0/code").asText()).isEqualTo("JOB_BUSY");
        assertThat(run(admin, named("STOP", "a", "b", "c")).path("done").asInt())
                .isEqualTo(3);
        assertThat(desired(team, "c")).isEqualTo("STOPPED");
    }

    @Test
    void aFilterMeansWhatTheListShows() {
        apply(team, "a", "b", "c");
        apply(other, "a");
        String tag = "tag-" + id;
        String labels = ",\"labels\":{\"tags\":[\"" + tag + "\"]}}";
        assertThat(run(admin, named("LABEL", "a", "b").replaceFirst("}$", labels))
                        .path("done")
                        .asInt())
                .isEqualTo(2);

        JsonNode started = run(admin, filtered("START", ",\"tags\":[\"" + tag + "\"],\"owner\":\"local\""));

        assertThat(started.path("items").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(desired(team, "c")).isEqualTo("STOPPED");
        assertThat(desired(other, "a")).isEqualTo("STOPPED");
        assertThat(run(admin, filtered("STOP", "")).path("items")).hasSize(3);
        HttpResponse<String> unknown =
                admin.send("POST", "/jobs/bulk", filtered("START", ",\"tags\":[\"" + tag + "x\"]"));
        problem(unknown, 422, "JOB_TAG_UNKNOWN", "/tag");
    }

    @Test
    void aDryRunSaysWhatWouldBecomeOfEachAndChangesNothing() {
        apply(team, "a", "b");
        ok(admin.send("PATCH", job(team, "b"), "{\"desired\":\"RUNNING\"}", "If-Match", "*"));

        for (String action : List.of("START", "STOP", "DELETE", "LABEL")) {
            String labels = action.equals("LABEL") ? ",\"labels\":{\"tags\":[\"x\"]}}" : "}";
            JsonNode dry = ok(admin.send(
                    "POST", "/jobs/bulk?dryRun=true", named(action, "a", "b").replaceFirst("}$", labels)));
            assertThat(dry.path("items").findValuesAsText("outcome"))
                    .as(action)
                    .containsExactlyElementsOf(
                            switch (action) {
                                case "START" -> List.of("DONE", "UNCHANGED");
                                case "STOP" -> List.of("UNCHANGED", "DONE");
                                case "DELETE" -> List.of("DONE", "REFUSED");
                                default -> List.of("DONE", "DONE");
                            });
        }
        assertThat(ok(admin.get(job(team, "a"))).path("generation").asInt()).isEqualTo(1);
        assertThat(ok(admin.get(job(team, "b"))).path("generation").asInt()).isEqualTo(2);
    }

    @Test
    void whatWasDeletedComesBack() {
        apply(team, "a", "b");
        assertThat(run(admin, filtered("DELETE", "")).path("done").asInt()).isEqualTo(2);
        apply(team, "b");

        JsonNode dry = ok(admin.send("POST", "/jobs/bulk?dryRun=true", filtered("RESTORE", "")));
        assertThat(dry.path("done").asInt()).isEqualTo(1);
        JsonNode restored = run(admin, filtered("RESTORE", ""));

        assertThat(restored.path("items"))
                .extracting(
                        item -> item.path("name").asText(),
                        item -> item.path("outcome").asText(),
                        item -> item.path("code").asText())
                .containsExactly(tuple("a", "DONE", ""), tuple("b", "REFUSED", "JOB_EXISTS"));
        assertThat(dry.path("items")).isEqualTo(restored.path("items"));
        run(admin, named("DELETE", "a"));
        assertThat(run(admin, named("RESTORE", "a", "never")).path("items").findValuesAsText("outcome"))
                .containsExactly("DONE", "REFUSED");
    }

    @Test
    void aDryRunBringsBackOneOfAName() {
        for (int i = 0; i < 2; i++) {
            apply(team, "a");
            run(admin, named("DELETE", "a"));
        }

        JsonNode dry = ok(admin.send("POST", "/jobs/bulk?dryRun=true", filtered("RESTORE", "")));
        JsonNode restored = run(admin, filtered("RESTORE", ""));

        assertThat(restored.path("items").findValuesAsText("code")).containsExactly("JOB_EXISTS");
        assertThat(dry.path("items")).isEqualTo(restored.path("items"));
    }

    @Test
    void everyJobTakesItsOwnRightAndEveryActionThatOfTheToken() {
        apply(team, "a");
        apply(other, "b");
        OpenApiExchanges operator = user("operator-" + id, "");
        role(team, "operator-" + id, "OPERATOR");
        role(other, "operator-" + id, "VIEWER");

        JsonNode started = run(operator, "{\"action\":\"START\",\"filter\":{}}");
        assertThat(started.path("items"))
                .extracting(
                        item -> item.path("name").asText(),
                        item -> item.path("outcome").asText(),
                        item -> item.path("code").asText())
                .containsExactly(tuple("a", "DONE", ""), tuple("b", "REFUSED", "ACCESS_DENIED"));
        assertThat(run(operator, named("DELETE", "a")).at("/items/0/code").asText())
                .isEqualTo("ACCESS_DENIED");

        OpenApiExchanges reader = user("reader-" + id, ",\"scope\":[\"JOB_READ\",\"JOB_OPERATE\"]");
        role(team, "reader-" + id, "OWNER");
        problem(reader.send("POST", "/jobs/bulk", named("DELETE", "a")), 403, "ACCESS_DENIED", "");
        assertThat(run(reader, named("STOP", "a")).path("done").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithTheWholeCall() {
        problem(wrong("{\"action\":\"START\"}"), 422, "REQUEST_INVALID", "/jobs");
        problem(wrong("{\"action\":\"START\",\"jobs\":[],\"filter\":{}}"), 422, "REQUEST_INVALID", "/jobs");
        problem(wrong("{\"action\":\"LABEL\",\"filter\":{}}"), 422, "REQUEST_INVALID", "/tags");
        problem(wrong("{\"action\":\"STOP\",\"filter\":{},\"labels\":{}}"), 422, "REQUEST_INVALID", "/labels");
        String[] many = IntStream.range(0, 1001).mapToObj(i -> "j" + i).toArray(String[]::new);
        problem(wrong(named("START", many)), 422, "REQUEST_INVALID", "/jobs");
    }

    private HttpResponse<String> wrong(String body) {
        return admin.withWrongRequest().send("POST", "/jobs/bulk", body);
    }
}
