package io.millrace.server.flinkclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.client.Rest;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.sql.GatewayStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls of Flink's clients, where only HTTP matters; the clients themselves are run end to end. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(GatewayStack.class)
class FlinkClientHttpIT {
    private final HttpClient http = HttpClient.newHttpClient();

    private record Answer(int status, JsonNode json) {
        String error() {
            assertThat(json.size()).as(json.toString()).isEqualTo(1); // else Flink does not take it for an error
            return json.at("/errors/0").textValue();
        }
    }

    @Test
    void everyCallIsClosedToStrangersAndToTokensForOtherThings() throws Exception {
        String limited = limited("limited");

        List<String> calls = calls();
        assertThat(calls).hasSizeGreaterThan(14);
        for (String call : calls) {
            String method = call.substring(0, call.indexOf(' '));
            String path = call.substring(call.indexOf(' ') + 1);
            for (String token : new String[] {"", "mlr_forged", ServerStack.GATEWAY_TOKEN}) {
                Answer refused = send(token, method, path, "{}");
                assertThat(refused.status()).as(call).isEqualTo(401);
                assertThat(refused.error()).contains("FLINK_REST_CLIENT_HEADERS");
            }
            Answer denied = send(limited, method, path, "{}");
            assertThat(denied.status()).as(call).isEqualTo(403);
            assertThat(denied.error()).contains("SQL_RUN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v4/nothing", "GET /v9/info", "PUT /v4/sessions", "POST /v4/sessions/x;y=z"})
    void strangersDoNotLearnWhichCallsThereAre(String call) throws Exception {
        assertThat(send("", call.split(" ")[0], call.split(" ")[1], "{}").status())
                .isEqualTo(401);
    }

    @Test
    void rowsArePagedByTokens() throws Exception {
        String session = session();
        String result = execute(session, "1001") + "/result/";

        JsonNode first = ok("GET", result + "0?rowFormat=JSON").json();
        JsonNode second = ok("GET", first.path("nextResultUri").textValue()).json();
        JsonNode last = ok("GET", second.path("nextResultUri").textValue()).json();

        assertThat(first.path("resultType").textValue()).isEqualTo("PAYLOAD");
        assertThat(first.path("isQueryResult").booleanValue()).isTrue();
        assertThat(first.path("resultKind").textValue()).isEqualTo("SUCCESS_WITH_CONTENT");
        assertThat(first.at("/results/columns/0/logicalType/type").textValue()).isEqualTo("BIGINT");
        assertThat(first.at("/results/data")).hasSize(1_000);
        assertThat(second.at("/results/data").toString()).isEqualTo("[{\"kind\":\"INSERT\",\"fields\":[1000]}]");
        assertThat(last.path("resultType").textValue()).isEqualTo("EOS");
        assertThat(last.at("/results/data")).isEmpty();
        assertThat(last.has("nextResultUri")).isFalse();
        assertThat(ok("GET", result + "0?rowFormat=plain_text")
                        .json()
                        .at("/results/data/7/fields/0")
                        .textValue())
                .isEqualTo("7");
    }

    @Test
    void operationsEndAndAreForgotten() throws Exception {
        String session = session();
        String operation = execute(session, "3");

        assertThat(status(ok("GET", operation + "/status"))).isEqualTo("FINISHED");
        assertThat(status(ok("POST", operation + "/cancel"))).isEqualTo("CANCELED");
        assertThat(status(ok("DELETE", operation + "/close"))).isEqualTo("CLOSED");
        assertThat(mine("GET", operation + "/status", "{}").status()).isEqualTo(404);
        assertThat(ok("POST", session + "/heartbeat").json()).isEmpty();
        assertThat(status(ok("DELETE", session))).isEqualTo("CLOSED");
        Answer closed = mine("POST", session + "/heartbeat", "{}");
        assertThat(closed.status()).isEqualTo(404);
        assertThat(closed.error()).contains("open a new one");
    }

    @Test
    void sessionsOfOthersAreAsGoodAsNone() throws Exception {
        String session = session();
        String operation = execute(session, "3");
        Rest admin = Rest.at(URI.create(OpenApiExchanges.base() + "/api/v1")).withToken(() -> ServerStack.LOCAL_TOKEN);
        admin.post("/users").body(Map.of("name", "other-admin", "admin", true)).send();
        String other = token(admin, "other-admin");

        for (String call : new String[] {
            "GET " + session,
            "DELETE " + session,
            "POST " + session + "/heartbeat",
            "POST " + session + "/statements",
            "POST " + session + "/configure-session",
            "GET " + operation + "/result/0",
            "GET " + operation + "/status",
            "POST " + operation + "/cancel",
            "DELETE " + operation + "/close"
        }) {
            String[] parts = call.split(" ");
            String body =
                    call.endsWith("statements") || call.endsWith("configure-session") ? "{\"statement\":\"1\"}" : "{}";
            assertThat(send(other, parts[0], parts[1], body).status()).as(call).isEqualTo(404);
        }
        assertThat(status(ok("GET", operation + "/status"))).isEqualTo("FINISHED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v4/sessions|{\"colour\":\"red\"}|'colour'",
                "POST|SESSION/statements|{}|'statement' is required",
                "POST|SESSION/statements|{\"statement\":\"1\",\"executionConfig\":{\"a\":\"b\"}}|'executionConfig'",
                "POST|SESSION/statements|{\"statement\":\"WRONG\"}|Column 'amout' not found. (Did you mean 'amount'?)",
                "POST|SESSION/scripts|{\"script\":\"1\"}|Scripts are not deployed here",
                "POST|SESSION/materialized-tables/x/refresh|{}|no materialized tables",
                "GET|SESSION/complete-statement|{\"statement\":\"SEL\",\"position\":4}|'position'",
                "GET|SESSION/operations/x/result/0|{}|no operation x",
                "GET|SESSION/operations/x/result/0?rowFormat=XML|{}|'rowFormat'",
                "POST|/v4/workflow/embedded-scheduler/create|{}|There is nothing at",
                "PATCH|/v4/sessions|{}|Method Not Allowed",
                "GET|/v0/info|{}|There is nothing at",
                "GET|/v5/info|{}|There is nothing at",
            })
    void refusesWhatItDoesNotKnowInTheFormThatFlinkReads(String method, String path, String body, String error)
            throws Exception {
        Answer refused = mine(method, path.replace("SESSION", session()), body);

        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.error()).contains(error);
    }

    @Test
    void completesTheWordAtTheCursorWithWhatIsWrittenBeforeIt() throws Exception {
        Answer answer = mine("GET", session() + "/complete-statement", "{\"statement\":\"a (b.SE\",\"position\":7}");

        assertThat(answer.json().toString()).isEqualTo("{\"candidates\":[\"(b.SELECT\"]}");
    }

    @Test
    void heartbeatsAreNoActivities() throws Exception {
        String session = session();
        ok("POST", session + "/heartbeat");
        execute(session, "1");

        Rest admin = Rest.at(URI.create(OpenApiExchanges.base() + "/api/v1")).withToken(() -> ServerStack.LOCAL_TOKEN);
        JsonNode activities = admin.get("/activity").as(JsonNode.class);
        List<String> done = new ArrayList<>();
        activities
                .path("items")
                .forEach(each -> done.add(each.path("action").textValue() + " "
                        + each.path("outcome").textValue()));
        assertThat(done)
                .contains("flinkClient.open OK", "flinkClient.execute OK")
                .doesNotContain("flinkClient.heartbeat OK");
    }

    private String session() throws IOException, InterruptedException {
        Answer opened = mine(
                "POST",
                "/v4/sessions",
                "{\"sessionName\":\"s\",\"properties\":{\"$internal.deployment.config-dir\":\"/flink/conf\"}}");
        assertThat(opened.status()).as(opened.json().toString()).isEqualTo(200);
        return "/v4/sessions/" + opened.json().path("sessionHandle").textValue();
    }

    private String execute(String session, String sql) throws IOException, InterruptedException {
        Answer executed =
                mine("POST", session + "/statements", "{\"statement\":\"" + sql + "\",\"executionTimeout\":null}");
        assertThat(executed.status()).as(executed.json().toString()).isEqualTo(200);
        return session + "/operations/"
                + executed.json().path("operationHandle").textValue();
    }

    private Answer ok(String method, String path) throws IOException, InterruptedException {
        Answer answer = mine(method, path, "{}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer;
    }

    private static String status(Answer answer) {
        return answer.json().path("status").textValue();
    }

    private Answer mine(String method, String path, String body) throws IOException, InterruptedException {
        return send(ServerStack.LOCAL_TOKEN, method, path, body);
    }

    /** As Flink's clients do: each call has a body. */
    private Answer send(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(OpenApiExchanges.base() + path))
                .header("Content-Type", "application/json; charset=UTF-8")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), Json.strict().readTree(answer.body()));
    }

    /** A token of a user, for something else. */
    private static String limited(String name) {
        Rest admin = Rest.at(URI.create(OpenApiExchanges.base() + "/api/v1")).withToken(() -> ServerStack.LOCAL_TOKEN);
        admin.post("/users").body(Map.of("name", name)).send();
        return admin.post("/users/{}/tokens", name)
                .body(Map.of("name", "test", "scope", List.of("JOB_READ")))
                .as(Map.class)
                .get("secret")
                .toString();
    }

    private static String token(Rest admin, String user) {
        return admin.post("/users/{}/tokens", user)
                .body(Map.of("name", "test"))
                .as(Map.class)
                .get("secret")
                .toString();
    }

    private static List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (Method method : FlinkClientResource.class.getDeclaredMethods()) {
            String verb = verb(method);
            if (verb != null) {
                String path = method.getAnnotation(Path.class).value();
                calls.add(
                        verb + " /v2/" + path.replace("{token:[0-9]{1,9}}", "0").replaceAll("\\{\\w+}", "x"));
            }
        }
        return calls;
    }

    private static @Nullable String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }
}
