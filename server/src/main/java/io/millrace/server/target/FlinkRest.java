package io.millrace.server.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One JobManager's REST API. An answer that is not the JobManager's own is no answer. */
final class FlinkRest {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;

    FlinkRest(URI base) {
        this.base = base.toString().replaceAll("/+$", "");
    }

    /**
     * What the JobManager said.
     *
     * @param body an object or an array; for a status that is no success, an object with {@code errors}
     */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }

        String errors() {
            StringBuilder text = new StringBuilder();
            body.path("errors").forEach(error -> text.append(error.asText()).append('\n'));
            return text.toString().strip();
        }
    }

    /** A successful answer, or none. */
    JsonNode get(String path) {
        Answer answer = call("GET", path, null);
        if (!answer.ok()) {
            throw unavailable("GET " + path + " was answered with " + answer.status() + ".", null);
        }
        return answer.body();
    }

    /** Any answer below 500. */
    Answer call(String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode json = Json.lenient().readTree(response.body());
            boolean own = response.statusCode() / 100 == 2
                    ? json.isObject() || json.isArray()
                    : json.path("errors").isArray();
            if (!own || response.statusCode() >= 500) {
                throw unavailable(method + " " + path + " was answered with " + response.statusCode() + ".", null);
            }
            return new Answer(response.statusCode(), json);
        } catch (JsonProcessingException e) {
            throw unavailable(method + " " + path + " was answered with something that is not JSON.", e);
        } catch (IOException e) {
            throw unavailable("no answer from " + base + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while waiting for " + base + ".", e);
        }
    }

    private static MillraceException unavailable(String detail, @Nullable Exception cause) {
        String sentence = "The Flink cluster gave no clear answer: " + detail;
        return cause == null
                ? new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, sentence)
                : new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, sentence, cause);
    }
}
