package io.millrace.server.access;

import static io.millrace.server.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server for several people: nobody is let in before the set-up token, and its own host is closed to connections. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = FirstStartHttpIT.Shared.class, restrictToAnnotatedClass = true)
class FirstStartHttpIT {
    /** Where Quarkus has the log file of all tests. */
    private static final String LOG = "target/quarkus.log";

    private static final Pattern TOKEN = Pattern.compile("one-time token: (\\S+)");
    private static final String PASSWORD = "correct horse battery";
    private static String firstToken = "";

    private final OpenApiExchanges nobody = new OpenApiExchanges(null);

    @Test
    void theFirstUserIsMadeOnceWithTheTokenOfTheLog() throws IOException {
        OpenApiExchanges first = first();

        assertThat(json(first.get("/session")).at("/user/admin").booleanValue()).isTrue();
        assertThat(first.get("/users/local").statusCode()).isEqualTo(404);
        assertThat(new OpenApiExchanges(ServerStack.LOCAL_TOKEN).get("/session").statusCode())
                .isEqualTo(401);
        assertThat(setup(token(), "eve").statusCode()).isEqualTo(404);
        assertThat(first.get("/users/eve").statusCode()).isEqualTo(404);
    }

    /** S024. Names that are bound to such an address later are in ReboundProbeIT. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "localhost"})
    void connectionsDoNotReachTheServersOwnHost(String host) throws IOException {
        try (var own = new ServerSocket(0, 5, InetAddress.getByName(host))) {
            own.setSoTimeout(1);

            isRefused(host, own.getLocalPort());

            assertThat(catchAccept(own)).as("somebody came").isFalse();
        }
    }

    /** Without a listener: not every machine has such an address. */
    @Test
    void norByItsAddressInVersionSix() throws IOException {
        isRefused("::1", 1);
    }

    private void isRefused(String host, int port) throws IOException {
        Map<String, Object> fields = Map.of("host", host, "port", port, "database", "crm", "username", "app");
        Map<String, Object> content = Map.of("kind", "postgres", "fields", fields, "secrets", Map.of("password", "pw"));

        HttpResponse<String> tested = first().send("POST", "/connection-tests", Json.write(content));

        assertThat(tested.body()).contains("'" + host + "' is at an address that this installation never connects");
    }

    @Test
    void theStoresOfItsSettingsAreReachedThere() throws IOException {
        assertThat(json(first().get("/catalogs/postgres/databases")).at("/items"))
                .isNotEmpty();
    }

    private static boolean catchAccept(ServerSocket listener) throws IOException {
        try {
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The first user, whom the first test makes. */
    private OpenApiExchanges first() throws IOException {
        if (firstToken.isEmpty()) {
            assertThat(setup("guess", "eve").statusCode()).isEqualTo(401);
            assertThat(setup(token(), "ada").statusCode()).isEqualTo(201);
            String body = Json.write(Map.of("name", "ada", "password", PASSWORD));
            HttpResponse<String> signedIn = nobody.send("POST", "/session", body);
            String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
            HttpResponse<String> made = nobody.send(
                    "POST",
                    "/users/ada/tokens",
                    "{\"name\":\"tests\"}",
                    "Cookie",
                    cookie.substring(0, cookie.indexOf(';')));
            firstToken = json(made).at("/secret").textValue();
        }
        return new OpenApiExchanges(firstToken);
    }

    private HttpResponse<String> setup(String token, String name) {
        return nobody.send("POST", "/setup", Json.write(Map.of("token", token, "name", name, "password", PASSWORD)));
    }

    private static String token() throws IOException {
        List<String> tokens = TOKEN.matcher(Files.readString(Path.of(LOG)))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(tokens).isNotEmpty();
        return tokens.get(tokens.size() - 1);
    }

    /** Takes the user 'local' from the server, and keeps its log. */
    public static final class Shared implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            return Map.of("millrace.access.local-token-file", "", "quarkus.log.file.enabled", "true");
        }

        @Override
        public void stop() {
            // Nothing was started.
        }
    }
}
