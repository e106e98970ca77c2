package io.millrace.server.git;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace whose jobs come from a repository on the server's disk, over HTTP. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class GitHttpIT {
    private static final String INSERT = PlannedGateway.INSERT;
    private static final String OTHER = "INSERT INTO sink SELECT 1";

    private final OpenApiExchanges api = new OpenApiExchanges();

    @Inject
    Jdbi jdbi;

    private static Path roots() {
        String warehouse = ConfigProvider.getConfig().getValue("millrace.catalog.warehouse.root", String.class);
        return Path.of(URI.create(warehouse)).getParent();
    }

    private static BareRepository repository() throws Exception {
        return BareRepository.create(roots().resolve("repo-" + UUID.randomUUID() + ".git"));
    }

    private static String job(String name, String script) {
        return "---\nname: " + name + "\n---\n" + script;
    }

    private String workspace(String name) {
        assertThat(api.send("POST", "/workspaces", "{\"name\":\"" + name + "\"}")
                        .statusCode())
                .isEqualTo(201);
        return "/workspaces/" + name;
    }

    private HttpResponse<String> set(String workspace, Map<String, Object> binding) {
        return api.send("PUT", workspace + "/git", Json.write(binding));
    }

    private JsonNode bound(String workspace, BareRepository repository) throws Exception {
        HttpResponse<String> answer = set(workspace, Map.of("url", repository.url(), "folder", "jobs"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode pull(String workspace, String body) throws Exception {
        HttpResponse<String> answer = api.send("POST", workspace + "/git/pulls", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.findValuesAsText(field);
    }

    @Test
    void writesWhatTheNewestCommitSays() throws Exception {
        String workspace = workspace("git-follows");
        try (BareRepository repository = repository()) {
            repository.push(
                    "main", "Begin", Map.of("jobs/a.sql", job("a", INSERT), "jobs/sub/b.sql", job("b", INSERT)));
            JsonNode set = bound(workspace, repository);
            assertThat(set.path("actsAs").asText()).isEqualTo("local");

            JsonNode plan = pull(workspace, "{\"dryRun\":true}");
            assertThat(plan.path("state").asText()).isEqualTo("PLANNED");
            assertThat(plan.path("jobs").path(0).path("diff").asText()).contains("+" + INSERT);
            assertThat(api.get(workspace + "/jobs/a").statusCode()).isEqualTo(404);

            JsonNode first = pull(workspace, "{}");
            assertThat(first.path("state").asText()).as(first.toString()).isEqualTo("APPLIED");
            assertThat(first.path("by").asText()).isEqualTo("local");
            assertThat(texts(first.path("jobs"), "file")).containsExactly("jobs/a.sql", "jobs/sub/b.sql");
            assertThat(texts(first.path("jobs"), "change")).containsOnly("CREATED");
            JsonNode version =
                    json(api.get(workspace + "/jobs/a/versions")).path("items").path(0);
            assertThat(version.path("message").asText())
                    .isEqualTo("Begin\n\nCommit "
                            + first.path("commit").path("id").asText() + " by Dora Müller <dora@example.com>");
            assertThat(version.path("author").asText()).isEqualTo("local");

            assertThat(pull(workspace, "{}").path("state").asText()).isEqualTo("UNCHANGED");
            assertThat(json(api.get(workspace + "/jobs/a")).path("version").asInt())
                    .isEqualTo(1);

            String second = repository.push("main", "Change a, forget b", Map.of("jobs/a.sql", job("a", OTHER)));
            JsonNode next = pull(workspace, "{}");
            assertThat(next.path("jobs"))
                    .extracting(
                            each -> each.path("name").asText(),
                            each -> each.path("change").asText())
                    .containsExactly(tuple("a", "UPDATED"), tuple("b", "LEFT"));
            assertThat(json(api.get(workspace + "/jobs/b")).path("version").asInt())
                    .isEqualTo(1);
            JsonNode now = json(api.get(workspace + "/git"));
            assertThat(now.path("pulledCommit").asText()).isEqualTo(second);
            assertThat(texts(now.path("jobs"), "name")).containsExactly("a");
            assertThat(json(api.get(workspace + "/git/pulls")).path("items")).hasSize(4);
        }
    }

    @Test
    void anInvalidCommitChangesNothingAndSaysEverythingThatIsWrong() throws Exception {
        String workspace = workspace("git-refuses");
        try (BareRepository repository = repository()) {
            repository.push("main", "Fine", Map.of("jobs/fine.sql", job("fine", INSERT)));
            bound(workspace, repository);
            assertThat(pull(workspace, "{}").path("state").asText()).isEqualTo("APPLIED");
            repository.push("main", "Break it", broken(), Map.of("jobs/link.sql", "fine.sql"));

            JsonNode refused = pull(workspace, "{}");

            assertThat(refused.path("state").asText()).isEqualTo("REFUSED");
            assertThat(refused.path("code").asText()).isEqualTo("GIT_COMMIT_INVALID");
            assertThat(refused.path("problems"))
                    .extracting(
                            each -> each.path("file").asText(),
                            each -> each.path("line").asInt())
                    .contains(
                            tuple("jobs/twice.sql", 2),
                            tuple("jobs/key.sql", 2),
                            tuple("jobs/huge.sql", 0),
                            tuple("jobs/nul.sql", 0),
                            tuple("jobs/link.sql", 0));
            assertThat(refused.path("problems"))
                    .filteredOn(each -> each.path("file").asText().equals("jobs/twice.sql"))
                    .extracting(
                            each -> each.path("message").asText(),
                            each -> each.path("hint").asText())
                    .containsExactly(tuple(
                            "the job 'fine' is in jobs/fine.sql too",
                            "give one of the two another name:, or delete it"));
            assertThat(json(api.get(workspace + "/jobs/fine")).path("version").asInt())
                    .isEqualTo(1);
        }
    }

    private static Map<String, String> broken() {
        return Map.of(
                "jobs/fine.sql",
                job("fine", OTHER),
                "jobs/sql.sql",
                "---\nname: sql\n---\n\nSELEC 1\n",
                "jobs/twice.sql",
                job("fine", INSERT),
                "jobs/key.sql",
                "---\nnmae: key\n---\nSELECT 1\n",
                "jobs/huge.sql",
                job("huge", "-- " + "x".repeat(1_000_001)),
                "jobs/nul.sql",
                job("nul", "SELECT '\0'"),
                "jobs/note.sql",
                "-- no job file\n");
    }

    @Test
    void whatIsRightInAnInvalidCommitIsNotWrittenEither() throws Exception {
        String workspace = workspace("git-all-or-none");
        try (BareRepository repository = repository()) {
            repository.push(
                    "main",
                    "Half",
                    Map.of("jobs/fine.sql", job("fine", OTHER), "jobs/sql.sql", "---\nname: sql\n---\n\nSELEC 1\n"));
            bound(workspace, repository);

            JsonNode refused = pull(workspace, "{}");

            assertThat(refused.path("state").asText()).isEqualTo("REFUSED");
            assertThat(texts(refused.path("problems"), "file")).containsExactly("jobs/sql.sql");
            assertThat(refused.path("jobs")).isEmpty();
            assertThat(api.get(workspace + "/jobs/fine").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aJobInTheBinIsNotTheOneOfTheCommit() throws Exception {
        String workspace = workspace("git-and-bin");
        try (BareRepository repository = repository()) {
            repository.push("main", "Mine", Map.of("jobs/a.sql", job("a", INSERT)));
            bound(workspace, repository);
            pull(workspace, "{}");
            api.delete(workspace + "/jobs/a", "If-Match", "*");

            JsonNode created = pull(workspace, "{}").path("jobs").path(0);
            assertThat(created.path("change").asText()).isEqualTo("CREATED");
            assertThat(created.path("note").asText()).contains("is in the bin");
        }
    }

    @Test
    void doesNotReplaceWhatPeopleWroteUnlessToldTo() throws Exception {
        String workspace = workspace("git-and-people");
        String byHand = "{\"script\":\"" + OTHER + "\"}";
        try (BareRepository repository = repository()) {
            repository.push("main", "Mine", Map.of("jobs/a.sql", job("a", INSERT), "jobs/b.sql", job("b", OTHER)));
            assertThat(api.send("PUT", workspace + "/jobs/a", byHand).statusCode())
                    .isEqualTo(200);
            assertThat(api.send("PUT", workspace + "/jobs/b", byHand).statusCode())
                    .isEqualTo(200);
            bound(workspace, repository);

            JsonNode refused = pull(workspace, "{}");
            assertThat(refused.path("problems").path(0).path("file").asText()).isEqualTo("jobs/a.sql");
            assertThat(refused.path("problems").path(0).path("line").asInt()).isEqualTo(2);
            assertThat(refused.path("problems").path(0).path("message").asText())
                    .contains("version 1 by local differs");

            JsonNode taken = pull(workspace, "{\"takeOver\":true}");
            assertThat(taken.path("jobs"))
                    .extracting(
                            each -> each.path("change").asText(),
                            each -> each.path("note").asText())
                    .containsExactly(
                            tuple("UPDATED", "Takes over from version 1 by local."),
                            tuple("UNCHANGED", "Is Git's from now on."));

            assertThat(api.send("PUT", workspace + "/jobs/a", byHand).statusCode())
                    .isEqualTo(200);
            JsonNode again = pull(workspace, "{}");
            assertThat(again.path("jobs").path(0).path("note").asText())
                    .isEqualTo("Replaces version 3 by local, which did not come from Git.");
            assertThat(json(api.get(workspace + "/jobs/a")).path("version").asInt())
                    .isEqualTo(4);
        }
    }

    @Test
    void saysWhichFieldIsWrong() throws Exception {
        String workspace = workspace("git-wrong");
        try (BareRepository repository = repository()) {
            repository.push("main", "Begin", Map.of("jobs/a.sql", job("a", INSERT)));
            String url = repository.url();

            problem(set(workspace, Map.of("url", url, "branch", "mian")), 422, "GIT_INVALID", "/branch");
            problem(set(workspace, Map.of("url", url + "x")), 503, "GIT_UNREACHABLE", "/url");
            problem(set(workspace, Map.of("url", "file:///etc")), 403, "EGRESS_DENIED", "/url");
            problem(set(workspace, Map.of("url", "https://169.254.169.254/x.git")), 403, "EGRESS_DENIED", "/url");
            problem(set(workspace, Map.of("url", "https://u:p@host/x.git")), 422, "GIT_INVALID", "/url");
            problem(set(workspace, Map.of("url", url, "interval", "PT1S")), 422, "GIT_INVALID", "/interval");
            problem(
                    set(workspace, Map.of("url", url, "secrets", Map.of("token", "t"))),
                    422,
                    "GIT_INVALID",
                    "/secrets/token");
            assertThat(api.get(workspace + "/git").statusCode()).isEqualTo(404);

            assertThat(set(workspace, Map.of("url", url, "folder", "nothing")).statusCode())
                    .isEqualTo(200);
            JsonNode nowhere = pull(workspace, "{}");
            assertThat(nowhere.path("state").asText()).isEqualTo("FAILED");
            assertThat(nowhere.path("code").asText()).isEqualTo("GIT_INVALID");
            assertThat(nowhere.path("field").asText()).isEqualTo("/folder");
            assertThat(nowhere.path("reason").asText()).contains("Folder 'nothing' is not there");
        }
    }

    @Test
    void aRepositoryThatIsGoneChangesNothing() throws Exception {
        String workspace = workspace("git-gone");
        try (BareRepository repository = repository()) {
            repository.push("main", "Begin", Map.of("jobs/a.sql", job("a", INSERT)));
            bound(workspace, repository);
            pull(workspace, "{}");
            Files.move(repository.folder(), repository.folder().resolveSibling("moved-" + UUID.randomUUID()));

            JsonNode failed = pull(workspace, "{}");

            assertThat(failed.path("state").asText()).isEqualTo("FAILED");
            assertThat(failed.path("code").asText()).isEqualTo("GIT_UNREACHABLE");
            assertThat(failed.path("field").asText()).isEqualTo("/url");
            assertThat(failed.path("reason").asText()).contains("There is no repository at", "moved or deleted");
            assertThat(json(api.get(workspace + "/jobs/a")).path("version").asInt())
                    .isEqualTo(1);
            assertThat(json(api.get(workspace + "/git"))
                            .path("lastPull")
                            .path("state")
                            .asText())
                    .isEqualTo("FAILED");
            HttpResponse<String> removed = api.delete(workspace + "/git", "If-Match", "\"1\"");
            assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
            assertThat(api.get(workspace + "/jobs/a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pullsByItselfWhenItIsTime() throws Exception {
        String workspace = workspace("git-by-itself");
        try (BareRepository repository = repository()) {
            repository.push("main", "Begin", Map.of("a.sql", job("a", INSERT)));
            assertThat(set(workspace, Map.of("url", repository.url(), "interval", "PT1H"))
                            .statusCode())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.get(workspace + "/jobs/a").statusCode() == 200);

            repository.push("main", "Break it", Map.of("a.sql", "---\n"));
            for (int i = 0; i < 2; i++) {
                makeDue("git-by-itself");
                await().atMost(Duration.ofSeconds(60)).until(() -> !isDue("git-by-itself"));
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    json(api.get(workspace + "/git/pulls")).path("items"))
                            .as("what repeats itself is told once")
                            .extracting(each -> each.path("state").asText(), each -> each.has("by"))
                            .containsExactly(tuple("REFUSED", false), tuple("APPLIED", false)));
        }
    }

    private void makeDue(String workspace) {
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        UPDATE git_binding SET due_at = now() - interval '1 s'
                        WHERE workspace_id = (SELECT id FROM workspace WHERE name = :name)
                        """).bind("name", workspace).execute());
    }

    private boolean isDue(String workspace) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT due_at <= now() OR held_until > now() FROM git_binding
                        WHERE workspace_id = (SELECT id FROM workspace WHERE name = :name)
                        """)
                .bind("name", workspace)
                .mapTo(Boolean.class)
                .one());
    }

    @Test
    void onePullAtATime() throws Exception {
        String workspace = workspace("git-one");
        try (BareRepository repository = repository()) {
            repository.push("main", "Begin", Map.of("jobs/a.sql", job("a", INSERT)));
            bound(workspace, repository);
            String hold = "UPDATE git_binding SET held_until = %s WHERE workspace_id ="
                    + " (SELECT id FROM workspace WHERE name = 'git-one')";
            jdbi.useHandle(handle -> handle.execute(hold.formatted("now() + interval '1 h'")));

            HttpResponse<String> busy = api.send("POST", workspace + "/git/pulls", "{}");
            assertThat(busy.statusCode()).isEqualTo(409);
            assertThat(json(busy).path("code").asText()).isEqualTo("GIT_PULL_RUNNING");

            jdbi.useHandle(handle -> handle.execute(hold.formatted("now()")));
            assertThat(pull(workspace, "{}").path("state").asText()).isEqualTo("APPLIED");
        }
    }

    @Test
    void whatAServerThatDiedLeftIsCalledInterrupted() throws Exception {
        String workspace = workspace("git-died");
        try (BareRepository repository = repository()) {
            repository.push("main", "Begin", Map.of("jobs/a.sql", job("a", INSERT)));
            bound(workspace, repository);
            jdbi.useHandle(handle -> handle.execute("""
                    INSERT INTO git_pull (workspace_id, dry_run, state, reason, problems, jobs, started_at)
                    SELECT id, false, 'RUNNING', '', '[]', '[]', now() FROM workspace WHERE name = 'git-died'
                    """));

            assertThat(pull(workspace, "{}").path("state").asText()).isEqualTo("APPLIED");

            assertThat(texts(json(api.get(workspace + "/git/pulls")).path("items"), "state"))
                    .containsExactly("APPLIED", "INTERRUPTED");
        }
    }
}
