package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Millrace's REST API, with nothing between the caller and the wire. */
final class Api {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    Api(URI server) {
        this.server = server;
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1" + path)));
    }

    JsonNode post(String path, Object body) {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    /** How long a call takes until its answer is read. */
    static Duration time(Runnable call) {
        long before = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** What proves the caller, from the environment as for the command line. */
    static String token() {
        String token = System.getenv("MILLRACE_TOKEN");
        if (token == null) {
            throw new IllegalStateException("set MILLRACE_TOKEN to a token of an administrator");
        }
        return token;
    }

    private JsonNode send(HttpRequest.Builder request) {
        request.header("Authorization", "Bearer " + token());
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("Millrace answers " + answer.statusCode() + " " + answer.body());
            }
            return Json.lenient().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
