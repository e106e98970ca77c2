package io.millrace.server.git;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A binding gives nobody a right that its setter does not have. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class GitRightsHttpIT {
    private static final String SERVER = "\"kind\":\"SERVER\",\"path\":[]";
    private static final String JOB = "---\nname: a\n---\n" + PlannedGateway.INSERT;

    private final OpenApiExchanges admin = new OpenApiExchanges();

    private static BareRepository repository() throws Exception {
        String warehouse = ConfigProvider.getConfig().getValue("millrace.catalog.warehouse.root", String.class);
        Path roots = Path.of(URI.create(warehouse)).getParent();
        BareRepository repository = BareRepository.create(roots.resolve("rights-" + UUID.randomUUID() + ".git"));
        repository.push("main", "Begin", Map.of("a.sql", JOB));
        return repository;
    }

    private OpenApiExchanges member(String name, String workspace, String role) throws Exception {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        ok(admin.send("PUT", "/workspaces/" + workspace + "/members/users/" + name, "{\"role\":\"" + role + "\"}"));
        return new OpenApiExchanges(ok(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}"))
                .path("secret")
                .asText());
    }

    private static String binding(BareRepository repository) {
        return Json.write(Map.of("url", repository.url()));
    }

    private void mayMakeConnections(String name) {
        ok(admin.send("POST", "/grants", right(name, SERVER, "")));
    }

    private static String right(String name, String object, String more) {
        return "{\"to\":{\"kind\":\"USER\",\"name\":\"" + name + "\"},\"object\":{" + object
                + "},\"privileges\":[\"CREATE\"]" + more + "}";
    }

    @Test
    void pullsActAsWhoSetItWhoeverAsksAndOnlyWhileThatOneMay() throws Exception {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"rights-act\"}"));
        OpenApiExchanges dora = member("rights-dora", "rights-act", "EDITOR");
        mayMakeConnections("rights-dora");
        try (BareRepository repository = repository()) {
            assertThat(ok(dora.send("PUT", "/workspaces/rights-act/git", binding(repository)))
                            .path("actsAs")
                            .asText())
                    .isEqualTo("rights-dora");
            assertThat(pull("rights-act").path("state").asText()).isEqualTo("APPLIED");
            assertThat(json(admin.get("/workspaces/rights-act/jobs/a/versions"))
                            .at("/items/0/author")
                            .asText())
                    .isEqualTo("rights-dora");

            ok(admin.send("PUT", "/workspaces/rights-act/members/users/rights-dora", "{\"role\":\"VIEWER\"}"));
            String place = "\"kind\":\"WORKSPACE\",\"path\":[\"rights-act\"]";
            ok(admin.send("POST", "/grants", right("rights-dora", place, ",\"effect\":\"DENY\"")));
            repository.push("main", "More", Map.of("a.sql", JOB, "b.sql", JOB.replace("name: a", "name: b")));
            JsonNode refused = pull("rights-act");
            assertThat(refused.path("state").asText()).as(refused.toString()).isEqualTo("REFUSED");
            assertThat(refused.at("/problems/0/file").asText()).isEqualTo("b.sql");
            assertThat(refused.at("/problems/0/message").asText()).contains("CREATE", "rights-dora");
            assertThat(admin.get("/workspaces/rights-act/jobs/b").statusCode()).isEqualTo(404);

            ok(admin.send("POST", "/revocations", right("rights-dora", SERVER, "")));
            isDenied(pull("rights-act"), "CREATE on the server");
            ok(admin.delete("/users/rights-dora", "If-Match", "*"));
            isDenied(pull("rights-act"), "gone or disabled");
        }
    }

    private static void isDenied(JsonNode failed, String why) {
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.path("code").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(failed.path("reason").asText()).contains(why);
    }

    private JsonNode pull(String workspace) throws Exception {
        return ok(admin.send("POST", "/workspaces/" + workspace + "/git/pulls", "{}"));
    }

    @Test
    void editorsReachNeitherTheServersDiskNorItsSecrets() throws Exception {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"rights-host\"}"));
        OpenApiExchanges editor = member("rights-editor", "rights-host", "EDITOR");
        String path = "/workspaces/rights-host/git";
        try (BareRepository repository = repository()) {
            HttpResponse<String> disk = editor.send("PUT", path, binding(repository));
            assertThat(disk.statusCode()).isEqualTo(403);
            assertThat(disk.body()).contains("CREATE on the server");
            HttpResponse<String> secret = editor.send(
                    "PUT", path, "{\"url\":\"https://localhost:1/x.git\",\"secrets\":{\"token\":{\"file\":\"crm\"}}}");
            assertThat(secret.statusCode()).isEqualTo(403);
        }
        HttpResponse<String> away =
                editor.send("PUT", path, "{\"url\":\"https://localhost:1/x.git\",\"secrets\":{\"token\":\"canary\"}}");
        assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
        assertThat(away.body()).contains("GIT_UNREACHABLE", "/url").doesNotContain("canary");
    }

    @Test
    void viewersSeeTheHistoryButPullNothingAndSeeNoContents() throws Exception {
        ok(admin.send("POST", "/workspaces", "{\"name\":\"rights-view\"}"));
        OpenApiExchanges viewer = member("rights-viewer", "rights-view", "VIEWER");
        try (BareRepository repository = repository()) {
            ok(admin.send("PUT", "/workspaces/rights-view/git", binding(repository)));
            JsonNode plan = ok(admin.send("POST", "/workspaces/rights-view/git/pulls", "{\"dryRun\":true}"));
            assertThat(plan.at("/jobs/0/diff").asText()).isNotEmpty();

            JsonNode seen = ok(viewer.get("/workspaces/rights-view/git/pulls"));
            assertThat(seen.at("/items/0/jobs/0/name").asText()).isEqualTo("a");
            assertThat(seen.at("/items/0/jobs/0/diff").asText()).isEmpty();
            assertThat(viewer.send("POST", "/workspaces/rights-view/git/pulls", "{}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(viewer.delete("/workspaces/rights-view/git", "If-Match", "*")
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
