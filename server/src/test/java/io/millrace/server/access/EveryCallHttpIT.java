package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.client.Rest;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every call that the API's description lists, as strangers, as a user without rights and with a forged token. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class EveryCallHttpIT {
    /** Open to strangers: what they send proves them, or not. */
    private static final Set<String> OPEN =
            Set.of("POST /session", "POST /session/oidc", "GET /session/ways", "POST /setup");

    /** Open to everybody who is known, about themselves. */
    private static final Set<String> OWN = Set.of(
            "GET /info",
            "GET /session",
            "DELETE /session",
            "POST /session/links",
            "PUT /users/x/password",
            "GET /users/x/tokens",
            "POST /users/x/tokens",
            "DELETE /users/x/tokens/x");

    private static final String EMPTY = "{\"items\":[]}";

    private final Map<String, String> bodies = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isClosedToStrangersAndToForgedTokens() throws Exception {
        for (String token : new String[] {"", "mlr_forged", ServerStack.INTERNAL_TOKEN, ServerStack.GATEWAY_TOKEN}) {
            Map<String, Integer> open = answers(token.isEmpty() ? null : "Bearer " + token);
            open.values().removeIf(status -> status == 401);
            assertThat(open.keySet()).as("with '%s'", token).isEqualTo(OPEN);
        }
        Map<String, Integer> open = answers("Basic bG9jYWw6bG9jYWw=");
        open.values().removeIf(status -> status == 401);
        assertThat(open.keySet()).isEqualTo(OPEN);
    }

    /** Answered to everybody who is known: nothing in them is anybody's. */
    private static final Set<String> HARMLESS = Set.of(
            "GET /info",
            "GET /session",
            "DELETE /session",
            "POST /session/links",
            "GET /connection-kinds",
            "GET /connectors",
            "GET /session/ways",
            "GET /targets",
            "GET /jobs/events",
            "POST /sql-sessions");

    @Test
    void isClosedToAUserWithoutRights() throws Exception {
        Rest admin = Rest.at(URI.create(OpenApiExchanges.base() + "/api/v1")).withToken(() -> ServerStack.LOCAL_TOKEN);
        admin.post("/users").body(Map.of("name", "without-rights")).send();
        String secret = admin.post("/users/without-rights/tokens")
                .body(Map.of("name", "test"))
                .as(Map.class)
                .get("secret")
                .toString();

        Map<String, Integer> answers = answers("Bearer " + secret);
        Set<String> open = new TreeSet<>();
        answers.forEach((call, status) -> {
            if (status < 300 && !EMPTY.equals(bodies.get(call))) {
                open.add(call);
            }
        });
        assertThat(open).isSubsetOf(HARMLESS);
        assertThat(answers.keySet()).containsAll(OWN);
        assertThat(answers).containsEntry("GET /users", 403).containsEntry("GET /activity", 403);
    }

    @Test
    void noOptionsAreTold() throws Exception {
        for (String path : new String[] {"/api/v1/jobs", "/api/v1/session", "/api/v1/nothing", "/v3/sessions"}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(OpenApiExchanges.base() + path))
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
            request.header("Authorization", "Bearer " + ServerStack.LOCAL_TOKEN);
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(path)
                    .isEqualTo(405);
        }
    }

    /** A stream has no end to wait for. */
    private static String body(HttpResponse<InputStream> answer) throws IOException {
        boolean stream = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        try (InputStream body = answer.body()) {
            return stream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Integer> answers(@Nullable String authorization) throws IOException, InterruptedException {
        Map<String, Integer> answers = new TreeMap<>();
        var api = new OpenAPIV3Parser().read(System.getProperty("millrace.root") + "/api/openapi.yaml");
        for (Map.Entry<String, PathItem> path : api.getPaths().entrySet()) {
            String filled = path.getKey().replaceAll("\\{\\w+}", "x");
            for (PathItem.HttpMethod method :
                    path.getValue().readOperationsMap().keySet()) {
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                URI.create(OpenApiExchanges.base() + "/api/v1" + filled))
                        .header("If-Match", "*")
                        .header("Content-Type", "application/json")
                        .method(method.name(), HttpRequest.BodyPublishers.ofString("{}"));
                if (authorization != null) {
                    request.header("Authorization", authorization);
                }
                HttpResponse<InputStream> answer =
                        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                answers.put(method + " " + filled, answer.statusCode());
                bodies.put(method + " " + filled, body(answer));
            }
        }
        assertThat(answers).hasSizeGreaterThan(50);
        return answers;
    }
}
