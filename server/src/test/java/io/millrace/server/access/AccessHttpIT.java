package io.millrace.server.access;

import static io.millrace.server.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;

/** Users, tokens and sessions over HTTP, and the record of what they did. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class AccessHttpIT {
    private static final String PASSWORD = "correct horse battery";

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final OpenApiExchanges nobody = new OpenApiExchanges(null);
    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    Jdbi jdbi;

    @Test
    void theLocalUserIsAnAdministratorWhoMayDoEverything() {
        JsonNode session = json(admin.get("/session"));
        assertThat(session.at("/user/name").textValue()).isEqualTo("local");
        assertThat(session.at("/user/admin").booleanValue()).isTrue();
        assertThat(session.at("/permissions")).anyMatch(each -> each.textValue().equals("SQL_RUN"));
        assertThat(nobody.send("POST", "/setup", setup()).statusCode()).isEqualTo(404);
    }

    @Test
    void aUserSignsInByPasswordAndOut() {
        create(alice, "\"password\":\"" + PASSWORD + "\"");

        HttpResponse<String> wrong = signIn(alice, "wrong password");
        HttpResponse<String> unknown = signIn("nobody-" + alice, PASSWORD);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(problem(wrong)).isEqualTo(problem(unknown));

        HttpResponse<String> signedIn = signIn(alice, PASSWORD);
        assertThat(signedIn.statusCode()).isEqualTo(201);
        String header = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(header).contains("HttpOnly", "SameSite=Strict");
        assertThat(signedIn.body()).doesNotContain(PASSWORD, secretOf(header));
        String cookie = "millrace_session=" + secretOf(header);
        assertThat(json(nobody.send("GET", "/session", null, "Cookie", cookie))
                        .at("/user/name")
                        .textValue())
                .isEqualTo(alice);

        assertThat(nobody.send("DELETE", "/session", null, "Cookie", cookie).statusCode())
                .isEqualTo(204);
        assertThat(nobody.send("GET", "/session", null, "Cookie", cookie).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoeverTriesTooManyPasswordsWaits() {
        create(alice, "\"password\":\"" + PASSWORD + "\"");
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(alice, "guess number " + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> limited = signIn(alice, PASSWORD);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.body()).contains("SIGN_IN_LIMITED");
    }

    @Test
    void aLinkLetsOneBrowserInOnce() {
        String path =
                json(admin.send("POST", "/session/links", null)).at("/path").textValue();
        String code = path.substring(path.indexOf('=') + 1);
        String body = "{\"code\":\"" + code + "\"}";

        HttpResponse<String> first = nobody.send("POST", "/session", body);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).at("/user/name").textValue()).isEqualTo("local");
        assertThat(nobody.send("POST", "/session", body).statusCode()).isEqualTo(401);
        assertThat(new OpenApiExchanges(code).get("/session").statusCode()).isEqualTo(401);
        String session = secretOf(first.headers().firstValue("Set-Cookie").orElseThrow());
        assertThat(new OpenApiExchanges(session).get("/session").statusCode())
                .as("a browser's session is no token")
                .isEqualTo(401);
    }

    @Test
    void whatIsTakenAwayIsRefusedByTheNextCall() {
        create(alice, "\"password\":\"" + PASSWORD + "\"");
        JsonNode made = token(alice, "{\"name\":\"ci\"}");
        OpenApiExchanges caller = new OpenApiExchanges(made.at("/secret").textValue());
        String cookie = "millrace_session="
                + secretOf(signIn(alice, PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow());

        admin.send("PATCH", "/users/" + alice, "{\"disabled\":true}", "If-Match", "*");
        assertThat(caller.get("/session").statusCode()).isEqualTo(401);
        assertThat(nobody.send("GET", "/session", null, "Cookie", cookie).statusCode())
                .isEqualTo(401);
        assertThat(signIn(alice, PASSWORD).statusCode()).isEqualTo(401);

        admin.send("PATCH", "/users/" + alice, "{\"disabled\":false}", "If-Match", "*");
        assertThat(caller.get("/session").statusCode()).isEqualTo(200);
        assertThat(password(caller, alice, "null", "another password").statusCode())
                .isEqualTo(422);
        assertThat(password(caller, alice, "\"wrong\"", "another password").body())
                .contains("PASSWORD_INVALID");
        assertThat(password(caller, alice, "\"" + PASSWORD + "\"", "another password")
                        .statusCode())
                .isEqualTo(204);
        assertThat(nobody.send("GET", "/session", null, "Cookie", cookie).statusCode())
                .isEqualTo(401);
        assertThat(caller.get("/session").statusCode())
                .as("of the old password")
                .isEqualTo(401);

        JsonNode next = token(alice, "{\"name\":\"ci\"}");
        caller = new OpenApiExchanges(next.at("/secret").textValue());
        caller.delete("/users/" + alice + "/tokens/" + next.at("/token/id").textValue());
        assertThat(caller.get("/session").statusCode()).isEqualTo(401);
    }

    @Test
    void aPasswordThatAnAdministratorSetsRevokesTokensToo() {
        create(alice, "\"comment\":\"\"");
        OpenApiExchanges caller = new OpenApiExchanges(
                token(alice, "{\"name\":\"ci\"}").at("/secret").textValue());
        assertThat(caller.get("/session").statusCode()).isEqualTo(200);

        assertThat(password(admin, alice, "null", "another password").statusCode())
                .isEqualTo(204);

        assertThat(caller.get("/session").statusCode()).isEqualTo(401);
        assertThat(password(admin, "local", "null", "another password").statusCode())
                .as("one's own takes the current one")
                .isEqualTo(422);
        OpenApiExchanges other = new OpenApiExchanges(
                token("local", "{\"name\":\"" + alice + "\"}").at("/secret").textValue());
        makeAdministrator(alice);
        OpenApiExchanges byAlice = new OpenApiExchanges(
                token(alice, "{\"name\":\"ci\"}").at("/secret").textValue());
        assertThat(password(byAlice, "local", "null", "another password").statusCode())
                .isEqualTo(204);
        assertThat(other.get("/session").statusCode()).isEqualTo(401);
        assertThat(admin.get("/session").statusCode())
                .as("the file of a local stack proves its user still")
                .isEqualTo(200);
        assertThat(admin.delete("/users/" + alice, "If-Match", "*").statusCode())
                .isEqualTo(204);
    }

    private void makeAdministrator(String name) {
        assertThat(admin.send("PATCH", "/users/" + name, "{\"admin\":true}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void deletingAUserTakesEverythingAndLeavesTheNameFree() {
        create(alice, "\"comment\":\"first\"");
        OpenApiExchanges caller = new OpenApiExchanges(
                token(alice, "{\"name\":\"ci\"}").at("/secret").textValue());
        assertThat(admin.delete("/users/" + alice, "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(caller.get("/session").statusCode()).isEqualTo(401);
        create(alice, "\"comment\":\"second\"");
        assertThat(caller.get("/session").statusCode()).isEqualTo(401);
    }

    @Test
    void anOrdinaryUserIsRefusedWithWhatWouldBeNeeded() {
        create(alice, "\"comment\":\"\"");
        OpenApiExchanges caller = new OpenApiExchanges(
                token(alice, "{\"name\":\"ci\"}").at("/secret").textValue());
        assertThat(caller.get("/users").body()).contains("ACCESS_DENIED", "ACCESS_READ", alice);
        assertThat(caller.get("/users/local/tokens").statusCode()).isEqualTo(403);
        assertThat(caller.send("POST", "/users/local/tokens", "{\"name\":\"mine\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(password(caller, "local", "null", "another password").statusCode())
                .isEqualTo(403);
        assertThat(caller.get("/activity").statusCode()).isEqualTo(403);
        assertThat(caller.get("/users/" + alice + "/tokens").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenWithAScopeDoesThatOnly() {
        OpenApiExchanges reader = new OpenApiExchanges(
                token("local", "{\"name\":\"" + alice + "\",\"scope\":[\"JOB_READ\"],\"lifetime\":\"P1D\"}")
                        .at("/secret")
                        .textValue());
        assertThat(reader.get("/jobs").statusCode()).isEqualTo(200);
        assertThat(reader.get("/connections").body()).contains("ACCESS_DENIED", "limited to [JOB_READ]");
        assertThat(reader.send("POST", "/users/local/tokens", "{\"name\":\"more\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(reader.send("POST", "/session/links", null).statusCode()).isEqualTo(403);
        assertThat(password(reader, "local", "\"x\"", "another password").statusCode())
                .isEqualTo(403);
        HttpResponse<String> unknown = admin.withWrongRequest()
                .send("POST", "/users/local/tokens", "{\"name\":\"x\",\"scope\":[\"JOB_WRITE\"]}");
        assertThat(unknown.body()).contains("TOKEN_INVALID", "/scope");
    }

    @Test
    void theLastAdministratorStaysOne() {
        for (String patch : new String[] {"{\"admin\":false}", "{\"disabled\":true}"}) {
            HttpResponse<String> refused = admin.send("PATCH", "/users/local", patch, "If-Match", "*");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("LAST_ADMIN");
        }
        assertThat(admin.delete("/users/local", "If-Match", "*").body()).contains("LAST_ADMIN");
    }

    @Test
    void refusesWhatCannotBeAUser() {
        for (String name : new String[] {"Alice", "", "a b", "<img src=x>", "x".repeat(128), "-a"}) {
            HttpResponse<String> refused = admin.send("POST", "/users", Json.write(new Name(name)));
            assertThat(refused.statusCode()).as(name).isEqualTo(422);
            assertThat(refused.body()).contains("/name");
        }
        assertThat(admin.send("POST", "/users", "{\"name\":\"" + alice + "\",\"password\":\"short\"}")
                        .body())
                .contains("PASSWORD_INVALID");
        assertThat(admin.send(
                                "POST",
                                "/users",
                                "{\"name\":\"" + alice + "\",\"kind\":\"SERVICE\",\"password\":\"" + PASSWORD + "\"}")
                        .body())
                .contains("PASSWORD_INVALID");
        assertThat(admin.get("/users/" + alice).statusCode()).isEqualTo(404);
        create(alice, "\"comment\":\"\"");
        assertThat(admin.send("POST", "/users", "{\"name\":\"" + alice + "\"}").body())
                .contains("PRINCIPAL_EXISTS");
        assertThat(admin.get("/users?q=" + alice.toUpperCase(Locale.ROOT)).body())
                .contains(alice);
    }

    @Test
    void writesDownWhoDidWhatAndKeepsIt() {
        create(alice, "\"password\":\"" + PASSWORD + "\"");
        JsonNode made = token(alice, "{\"name\":\"ci\"}");
        String secret = made.at("/secret").textValue();
        OpenApiExchanges caller = new OpenApiExchanges(secret);
        String request =
                caller.get("/users").headers().firstValue("X-Request-Id").orElseThrow();

        JsonNode denied = json(admin.get("/activity?by=" + alice)).at("/items/0");
        assertThat(denied.at("/action").textValue()).isEqualTo("user.list");
        assertThat(denied.at("/object").textValue()).isEqualTo("/users");
        assertThat(denied.at("/outcome").textValue()).isEqualTo("ACCESS_DENIED");
        assertThat(denied.at("/from").textValue()).isEqualTo("127.0.0.1");
        assertThat(denied.at("/requestId").textValue()).isEqualTo(request);
        JsonNode byAdmin = json(admin.get("/activity?action=token.create&object=" + alice));
        assertThat(byAdmin.at("/items/0/by").textValue()).isEqualTo("local");
        assertThat(byAdmin.at("/items/0/outcome").textValue()).isEqualTo("OK");
        assertThat(admin.get("/activity?pageSize=1000").body()).doesNotContain(PASSWORD, secret);
        assertThat(admin.get("/activity?since=2999-01-01T00:00:00Z").body()).contains("\"items\":[]");

        for (String change :
                new String[] {"UPDATE activity SET by_name = ''", "DELETE FROM activity", "TRUNCATE activity"}) {
            assertThat(refused(change)).contains("append-only");
        }
    }

    private String refused(String statement) {
        try {
            jdbi.useHandle(handle -> handle.execute(statement));
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void create(String name, String field) {
        HttpResponse<String> made = admin.send("POST", "/users", "{\"name\":\"" + name + "\"," + field + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).doesNotContain(PASSWORD);
    }

    private JsonNode token(String user, String body) {
        HttpResponse<String> made = admin.send("POST", "/users/" + user + "/tokens", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made);
    }

    private HttpResponse<String> signIn(String name, String password) {
        return nobody.send("POST", "/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    private static HttpResponse<String> password(OpenApiExchanges caller, String user, String current, String next) {
        String body = "{\"current\":" + current + ",\"password\":\"" + next + "\"}";
        return caller.withWrongRequest().send("PUT", "/users/" + user + "/password", body);
    }

    private static String setup() {
        return "{\"token\":\"x\",\"name\":\"eve\",\"password\":\"" + PASSWORD + "\"}";
    }

    private static String secretOf(String setCookie) {
        return setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
    }

    private static String problem(HttpResponse<String> answer) {
        return json(answer).at("/code").textValue() + json(answer).at("/detail").textValue();
    }

    private record Name(String name) {}
}
