package io.millrace.server.workspace;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Workspaces and who may do what in them, call by call. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class WorkspaceHttpIT {
    private static final String SPEC =
            Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null));

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String red = "red-" + id;
    private final String blue = "blue-" + id;
    private final String alice = "alice-" + id;
    private final String bob = "bob-" + id;
    private OpenApiExchanges asAlice;
    private OpenApiExchanges asBob;

    @BeforeEach
    void people() {
        asAlice = user(alice);
        asBob = user(bob);
        create(red);
        create(blue);
    }

    @Test
    void jobsOfOneNameInTwoWorkspacesAreTwoJobs() {
        ok(admin.send("PUT", job(red, "orders"), SPEC));
        ok(admin.send("PUT", job(blue, "orders"), SPEC));
        ok(admin.send("PATCH", job(red, "orders"), "{\"desired\":\"RUNNING\"}", "If-Match", "*"));

        assertThat(json(admin.get(job(red, "orders"))).path("desired").asText()).isEqualTo("RUNNING");
        assertThat(json(admin.get(job(blue, "orders"))).path("desired").asText())
                .isEqualTo("STOPPED");
        assertThat(json(admin.get(job(blue, "orders"))).path("workspace").asText())
                .isEqualTo(blue);
        assertThat(names(admin.get("/jobs?workspace=" + blue))).containsExactly(blue + ".orders");
        assertThat(names(admin.get("/jobs?q=orders"))).contains(red + ".orders", blue + ".orders");
    }

    @Test
    void aMemberOfOneWorkspaceSeesNothingOfAnother() {
        ok(admin.send("PUT", job(red, "orders"), SPEC));
        ok(admin.send("PUT", job(blue, "orders"), SPEC));
        role(red, "users/" + alice, "VIEWER");

        assertThat(names(asAlice.get("/jobs"))).containsExactly(red + ".orders");
        assertThat(workspaces(asAlice)).containsExactly(red);
        problem(asAlice.get("/jobs?workspace=" + blue), 404, "WORKSPACE_NOT_FOUND");
        for (String path : List.of(
                "/workspaces/" + blue,
                "/workspaces/" + blue + "/members",
                job(blue, "orders"),
                job(blue, "orders") + "/events")) {
            String hidden = problem(asAlice.get(path), 404, "WORKSPACE_NOT_FOUND");
            String missing = problem(asAlice.get(path.replace(blue, "none-" + id)), 404, "WORKSPACE_NOT_FOUND");
            assertThat(hidden.replace(blue, "none-" + id)).isEqualTo(missing);
        }
        problem(asAlice.send("PUT", job(blue, "new"), SPEC), 404, "WORKSPACE_NOT_FOUND");
        problem(asAlice.get(job(red, "absent")), 404, "JOB_NOT_FOUND");
    }

    @Test
    void aRoleCountsFromTheNextCallOn() {
        ok(admin.send("PUT", job(red, "orders"), SPEC));
        String start = "{\"desired\":\"RUNNING\"}";
        problem(asAlice.get(job(red, "orders")), 404, "WORKSPACE_NOT_FOUND");

        role(red, "users/" + alice, "VIEWER");
        ok(asAlice.get(job(red, "orders")));
        assertThat(problem(asAlice.send("PATCH", job(red, "orders"), start, "If-Match", "*"), 403, "ACCESS_DENIED"))
                .contains("OPERATE on job '" + red + ".orders'");

        role(red, "users/" + alice, "OPERATOR");
        ok(asAlice.send("PATCH", job(red, "orders"), start, "If-Match", "*"));
        problem(asAlice.send("PUT", job(red, "mine"), SPEC), 403, "ACCESS_DENIED");

        role(red, "users/" + alice, "EDITOR");
        ok(asAlice.send("PUT", job(red, "mine"), SPEC));
        ok(asAlice.send("PATCH", "/workspaces/" + red, "{\"comment\":\"ours\"}", "If-Match", "\"1\""));
        problem(asAlice.send("PUT", member(red, "users/" + bob), role("VIEWER")), 403, "ACCESS_DENIED");

        role(red, "users/" + alice, "OWNER");
        ok(asAlice.send("PUT", member(red, "users/" + bob), role("OWNER")));

        ok(admin.delete(member(red, "users/" + alice)));
        assertThat(names(asAlice.get("/jobs"))).as("not even what she has made").isEmpty();
        problem(asAlice.get(job(red, "mine")), 404, "WORKSPACE_NOT_FOUND");
    }

    @Test
    void aDenialWinsOverARole() {
        ok(admin.send("PUT", job(red, "orders"), SPEC));
        ok(admin.send("PUT", job(red, "secret"), SPEC));
        role(red, "users/" + alice, "OWNER");
        ok(admin.send("POST", "/grants", grant(alice, "JOB", List.of(red, "secret"), "DESCRIBE", "DENY")));
        ok(admin.send("POST", "/grants", grant(alice, "WORKSPACE", List.of(red), "DROP", "DENY")));

        assertThat(names(asAlice.get("/jobs"))).containsExactly(red + ".orders");
        problem(asAlice.get(job(red, "secret")), 404, "JOB_NOT_FOUND");
        problem(asAlice.delete(job(red, "orders"), "If-Match", "*"), 403, "ACCESS_DENIED");
        assertThat(problem(asAlice.send("PUT", member(red, "users/" + bob), role("EDITOR")), 403, "ACCESS_DENIED"))
                .as("nobody gives what it lacks")
                .contains("DROP on workspace '" + red + "'");
        ok(asAlice.send("PUT", member(red, "users/" + bob), role("OPERATOR")));
    }

    @Test
    void groupsHaveRolesToo() {
        String team = "team-" + id;
        ok(admin.send("POST", "/groups", "{\"name\":\"" + team + "\"}"));
        role(red, "groups/" + team, "EDITOR");
        problem(asAlice.get("/workspaces/" + red), 404, "WORKSPACE_NOT_FOUND");

        ok(admin.send("PUT", "/groups/" + team + "/members/" + alice, null));
        ok(asAlice.send("PUT", job(red, "mine"), SPEC));
        assertThat(json(asAlice.get("/workspaces/" + red + "/members"))
                        .at("/items")
                        .toString())
                .contains("\"kind\":\"USER\",\"name\":\"local\"},\"role\":\"OWNER\"")
                .contains("\"kind\":\"GROUP\",\"name\":\"" + team + "\"},\"role\":\"EDITOR\"");
        problem(admin.delete(member(red, "users/" + alice)), 404, "MEMBER_NOT_FOUND");

        ok(admin.delete("/groups/" + team));
        assertThat(names(asAlice.get("/jobs"))).containsExactly(red + ".mine");
        problem(asAlice.send("PUT", job(red, "more"), SPEC), 403, "ACCESS_DENIED");
    }

    @Test
    void namesWhoCanGiveWhatIsMissing() {
        String body = "{\"name\":\"none-" + id + "\",\"comment\":\"\"}";
        ok(admin.send("POST", "/grants", grant(alice, "SERVER", List.of(), "GRANT", "ALLOW")));
        String without = problem(asBob.send("POST", "/workspaces", body), 403, "ACCESS_DENIED");
        ok(admin.send("POST", "/grants", grant(alice, "SERVER", List.of(), "CREATE", "ALLOW")));
        String with = problem(asBob.send("POST", "/workspaces", body), 403, "ACCESS_DENIED");
        ok(admin.send("POST", "/grants", grant(alice, "SERVER", List.of(), "GRANT", "DENY")));
        String denied = problem(asBob.send("POST", "/workspaces", body), 403, "ACCESS_DENIED");

        assertThat(with).contains("It can be granted by '" + alice + "' or an administrator.");
        assertThat(without).contains("CREATE on the server").doesNotContain(alice);
        assertThat(denied).contains("CREATE on the server").doesNotContain(alice);
    }

    @Test
    void whoMakesAWorkspaceOwnsIt() {
        String green = "green-" + id;
        String body = "{\"name\":\"" + green + "\",\"comment\":\"of alice\"}";
        assertThat(problem(asAlice.send("POST", "/workspaces", body), 403, "ACCESS_DENIED"))
                .contains("CREATE on the server");
        ok(admin.send("POST", "/grants", grant(alice, "SERVER", List.of(), "CREATE", "ALLOW")));

        HttpResponse<String> made = asAlice.send("POST", "/workspaces", body);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location").orElse("")).endsWith("/api/v1/workspaces/" + green);
        assertThat(json(made).path("createdBy").asText()).isEqualTo(alice);
        ok(asAlice.send("PUT", member(green, "users/" + bob), role("VIEWER")));
        assertThat(problem(asBob.send("PUT", job(green, "x"), SPEC), 403, "ACCESS_DENIED"))
                .contains("It can be granted by '" + alice + "'");
        problem(asAlice.send("POST", "/workspaces", body), 409, "WORKSPACE_EXISTS");
        ok(asAlice.delete("/workspaces/" + green, "If-Match", "\"1\""));
        problem(asBob.get("/workspaces/" + green), 404, "WORKSPACE_NOT_FOUND");
    }

    @Test
    void aWorkspaceIsDeletedWhenNoJobsAreInIt() {
        ok(admin.send("PUT", job(red, "orders"), SPEC));
        ok(admin.send("POST", "/grants", grant(alice, "WORKSPACE", List.of(red), "USE", "ALLOW")));
        role(red, "users/" + bob, "EDITOR");
        String path = "/workspaces/" + red;

        assertThat(problem(admin.delete(path, "If-Match", "*"), 409, "WORKSPACE_NOT_EMPTY"))
                .contains("millrace job list -w " + red);
        problem(admin.delete(path), 428, "PRECONDITION_REQUIRED");
        problem(admin.delete(path, "If-Match", "\"7\""), 409, "STALE_VERSION");
        ok(asBob.delete(job(red, "orders"), "If-Match", "*"));
        assertThat(problem(admin.delete(path, "If-Match", "*"), 409, "WORKSPACE_NOT_EMPTY"))
                .contains("--deleted");
        String deleted = json(admin.get("/deleted-jobs?workspace=" + red))
                .at("/items/0/id")
                .asText();
        ok(asBob.delete("/deleted-jobs/" + deleted));
        ok(asBob.delete(path, "If-Match", "*"));
        problem(admin.get(path), 404, "WORKSPACE_NOT_FOUND");
        create(red);
        assertThat(workspaces(asAlice))
                .as("another one of the name has no grants")
                .isEmpty();
        assertThat(workspaces(asBob)).isEmpty();
        problem(admin.delete("/workspaces/default", "If-Match", "*"), 422, "REQUEST_INVALID");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT   | /members/users/nobody-at-all | {"role":"VIEWER"} | 404 | PRINCIPAL_NOT_FOUND | nobody-at-all
            PUT   | /members/groups/no-group     | {"role":"VIEWER"} | 404 | GROUP_NOT_FOUND     | no-group
            PUT   | /members/users/Not A Name    | {"role":"VIEWER"} | 404 | PRINCIPAL_NOT_FOUND | Not A Name
            PUT   | /members/users/local         | {"role":"BOSS"}   | 422 | REQUEST_INVALID     | VIEWER
            PUT   | /members/users/local         | {}                | 422 | WORKSPACE_INVALID   | /role
            PUT   | /members/people/local        | {"role":"VIEWER"} | 404 | NOT_FOUND           | people
            PATCH | ''                           | {"name":"new"}    | 422 | REQUEST_INVALID     | name
            """)
    void saysWhatIsWrong(String method, String path, String body, int status, String code, String word) {
        HttpResponse<String> answer = admin.withWrongRequest()
                .send(method, "/workspaces/" + red + path.replace(" ", "%20"), body, "If-Match", "*");

        assertThat(problem(answer, status, code)).contains(word);
    }

    @Test
    void saysWhatIsWrongWithANewWorkspace() {
        for (String name : List.of("Payments", "a.b", "-a", "a".repeat(64), "")) {
            String answer =
                    problem(admin.send("POST", "/workspaces", "{\"name\":\"" + name + "\"}"), 422, "WORKSPACE_INVALID");
            assertThat(answer).contains("\"pointer\":\"/name\"", "1 to 63 lower-case letters");
        }
        problem(admin.withWrongRequest().send("POST", "/workspaces", "{}"), 422, "WORKSPACE_INVALID");
        String longer = "{\"name\":\"x" + id + "\",\"comment\":\"" + "c".repeat(1001) + "\"}";
        assertThat(problem(admin.send("POST", "/workspaces", longer), 422, "WORKSPACE_INVALID"))
                .contains("\"pointer\":\"/comment\"");
        assertThat(problem(admin.get("/workspaces/" + red + "x"), 404, "WORKSPACE_NOT_FOUND"))
                .contains("Did you mean '" + red + "'?");
    }

    private OpenApiExchanges user(String name) {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        return new OpenApiExchanges(json(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}"))
                .at("/secret")
                .textValue());
    }

    private void create(String workspace) {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"" + workspace + "\"}"));
    }

    private void role(String workspace, String member, String role) {
        ok(admin.send("PUT", member(workspace, member), role(role)));
    }

    private static String role(String role) {
        return "{\"role\":\"" + role + "\"}";
    }

    private static String member(String workspace, String member) {
        return "/workspaces/" + workspace + "/members/" + member;
    }

    private static String job(String workspace, String name) {
        return "/workspaces/" + workspace + "/jobs/" + name;
    }

    private static String grant(String user, String kind, List<String> path, String privilege, String effect) {
        return "{\"to\":{\"kind\":\"USER\",\"name\":\"" + user + "\"},\"object\":{\"kind\":\"" + kind
                + "\",\"path\":" + Json.write(path) + "},\"privileges\":[\"" + privilege + "\"],\"effect\":\"" + effect
                + "\"}";
    }

    private static List<String> names(HttpResponse<String> jobs) {
        ok(jobs);
        return StreamSupport.stream(json(jobs).path("items").spliterator(), false)
                .map(job ->
                        job.path("workspace").asText() + "." + job.path("name").asText())
                .toList();
    }

    private static List<String> workspaces(OpenApiExchanges caller) {
        return json(caller.get("/workspaces")).path("items").findValuesAsText("name");
    }

    private static String problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
        return answer.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
    }
}
