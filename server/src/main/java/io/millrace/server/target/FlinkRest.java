package io.millrace.server.target;

import com.fasterxml.jackson.core.JsonParser;
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
import java.util.Objects;

/** One JobManager's REST API. An answer that is not the JobManager's own is no answer. */
final class FlinkRest {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** One for all clusters: each would have threads and buffers of its own. It waits for none of them. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
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

    /** Reads an answer, or fails by any of the exceptions that say that it is no such answer. */
    interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    /** A successful answer, or none. */
    JsonNode get(String path) {
        Answer answer = call("GET", path, null);
        if (!answer.ok()) {
            throw refused("GET " + path, answer.status());
        }
        return answer.body();
    }

    /** The same, read word by word. */
    <T> T get(String path, Reading<T> reading) {
        HttpResponse<byte[]> response = send("GET", path, null);
        if (response.statusCode() / 100 != 2) {
            throw refused("GET " + path, response.statusCode());
        }
        return read("GET " + path, response, reading);
    }

    /** Any answer below 500. */
    Answer call(String method, String path, @Nullable String body) {
        String what = method + " " + path;
        HttpResponse<byte[]> response = send(method, path, body);
        JsonNode json = read(what, response, JsonParser::readValueAsTree);
        boolean own = response.statusCode() / 100 == 2
                ? json.isObject() || json.isArray()
                : json.path("errors").isArray();
        if (!own || response.statusCode() >= 500) {
            throw refused(what, response.statusCode());
        }
        return new Answer(response.statusCode(), json);
    }

    private HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw unavailable("no answer from " + base + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while waiting for " + base + ".", e);
        }
    }

    private static <T> T read(String what, HttpResponse<byte[]> response, Reading<T> reading) {
        try (JsonParser json = Json.lenient().createParser(response.body())) {
            return Objects.requireNonNull(reading.read(json), "null");
        } catch (IOException | NullPointerException | IllegalArgumentException e) {
            throw unavailable(what + " was answered with something that is not JSON, or not Flink's.", e);
        }
    }

    private static MillraceException refused(String what, int status) {
        return unavailable(what + " was answered with " + status + ".", null);
    }

    private static MillraceException unavailable(String detail, @Nullable Exception cause) {
        String sentence = "The Flink cluster gave no clear answer: " + detail;
        return cause == null
                ? new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, sentence)
                : new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, sentence, cause);
    }
}
