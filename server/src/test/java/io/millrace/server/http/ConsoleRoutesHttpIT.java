package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class ConsoleRoutesHttpIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @TestHTTPResource
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/jobs", "/workspaces/default/jobs/orders", "/sql"})
    void pagesOfTheConsoleAreTheOneDocument(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/html");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/problems/nothing", "/assets/nothing.js", "/nothing.txt", "/internal/v1/catalogs", "/q/health"})
    void whatIsNoPageIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/jobs",
                "/api/v1/jobs/",
                "/api/v1/jobs.json",
                "/api/v1/jobs;x=y",
                "/api//v1/jobs",
                "/API/v1/jobs",
                "/api/..;/api/v1/jobs",
                "/problems/..%2Fapi%2Fv1%2Fjobs",
                "/api/v1/%6aobs"
            })
    void strangersGetTheSameAnswerForEverySpellingOfACall(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.body()).doesNotContain("\"items\"");
        if (path.startsWith("/api/v1/")) {
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void pagesOfOtherOriginsCannotCallTheApi() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/info"))
                .header("Origin", "http://evil.example")
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
