package io.millrace.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.api.ServerInfo;
import io.millrace.api.catalog.CatalogView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The client against a server of the JDK on a free port, which remembers what it was asked. */
class RestTest {
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private Rest rest;
    private int status = 200;
    private String mediaType = "application/json";
    private final Deque<String> later = new ArrayDeque<>();
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        rest = Rest.at(address());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void escapesPathSegmentsAndParameters() {
        rest.get("/catalogs/{}/databases/{}", "a/b ä", "..")
                .query("q", "x&y=z")
                .query("none", null)
                .send();

        assertThat(requests).containsExactly("GET /catalogs/a%2Fb%20%C3%A4/databases/%2E%2E?q=x%26y%3Dz - -");
    }

    @Test
    void sendsTheTokenOfTheMomentAndAJsonBody() {
        List<String> tokens = new ArrayList<>(List.of("first", "second"));
        Rest withToken = rest.withToken(() -> tokens.remove(0));

        withToken.post("/x").body(new ServerInfo("1", "2.3.0")).send();
        withToken.get("/x").send();

        assertThat(requests)
                .containsExactly(
                        "POST /x Bearer first {\"version\":\"1\",\"flinkVersion\":\"2.3.0\"}",
                        "GET /x Bearer second -");
    }

    @Test
    void readsPagesUntilTheLastOne() {
        later.add("{\"items\":[{\"name\":\"kafka\",\"kind\":\"kafka\",\"comment\":\"\"}],\"nextPageToken\":\"p 2\"}");
        later.add("{\"items\":[{\"name\":\"pg\",\"kind\":\"postgres\",\"comment\":\"\",\"new\":1}]}");

        assertThat(MillraceClient.at(address()).catalogs().catalogs())
                .containsExactly(new CatalogView("kafka", "kafka", ""), new CatalogView("pg", "postgres", ""));
        assertThat(requests).containsExactly("GET /api/v1/catalogs - -", "GET /api/v1/catalogs?pageToken=p%202 - -");
    }

    @Test
    void aRefusalCarriesItsProblem() {
        status = 404;
        mediaType = "application/problem+json";
        answer = """
            {"type": "/problems/job-not-found", "title": "There is no such job", "status": 404,
             "detail": "There is no job 'x'.", "code": "JOB_NOT_FOUND"}
            """;

        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> MillraceClient.at(address()).jobs().get("x"));

        assertThat(refused).hasMessage("There is no job 'x'.");
        assertThat(refused.code()).isEqualTo("JOB_NOT_FOUND");
        assertThat(refused.problem().errors()).isEmpty();
    }

    @Test
    void anAnswerOfSomebodyElseIsSaidToBeOne() {
        status = 502;
        mediaType = "text/html";
        answer = "<html>";

        assertThatThrownBy(() -> rest.get("/info").as(ServerInfo.class))
                .isInstanceOf(ApiException.class)
                .hasMessage("GET " + address() + "/info answered 502 without a reason.");

        status = 200;
        assertThatThrownBy(() -> rest.get("/info").as(ServerInfo.class))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("answered 200 with something unreadable");
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        URI gone = address();
        server.stop(0);

        UnreachableException unreachable = catchThrowableOfType(
                UnreachableException.class, () -> Rest.at(gone).get("/info").send());

        assertThat(unreachable.neverSent()).isTrue();
        assertThat(unreachable.server()).isEqualTo(gone);
    }

    @Test
    void anInterruptedCallEndsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> rest.get("/info").send()).isInstanceOf(UncheckedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> Rest.at(URI.create("localhost:8080")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an http address: localhost:8080");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (token == null ? "-" : token)
                + " " + (body.isEmpty() ? "-" : body));
        byte[] bytes = (later.isEmpty() ? answer : later.remove()).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
