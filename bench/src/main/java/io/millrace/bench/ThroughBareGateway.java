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
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Flink's own SQL gateway, REST endpoint v3: a session with the tables is open; the measured call sends the INSERT. */
final class ThroughBareGateway implements Contender {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final Cluster cluster;
    private final String session;

    ThroughBareGateway(URI gateway, Cluster cluster) {
        this.gateway = gateway;
        this.cluster = cluster;
        this.session = post("/v3/sessions", Map.of("properties", Map.of("execution.target", "remote")))
                .get("sessionHandle")
                .asText();
        for (String table : Script.TABLES.split(";")) {
            if (!table.isBlank()) {
                awaitEnd(execute(table));
            }
        }
    }

    @Override
    public String name() {
        return "Flink's SQL gateway (POST statement)";
    }

    @Override
    public void start() {
        execute(Script.INSERT);
    }

    @Override
    public void stop() {
        try {
            cluster.cancelAll();
        } catch (TimeoutException e) {
            throw new IllegalStateException("the job of the bare gateway does not end", e);
        }
    }

    @Override
    public void close() {
        send(HttpRequest.newBuilder(gateway.resolve("/v3/sessions/" + session)).DELETE());
    }

    private String execute(String sql) {
        return post("/v3/sessions/" + session + "/statements", Map.of("statement", sql))
                .get("operationHandle")
                .asText();
    }

    private void awaitEnd(String operation) {
        String path = "/v3/sessions/" + session + "/operations/" + operation + "/status";
        String status;
        do {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            status = send(HttpRequest.newBuilder(gateway.resolve(path)))
                    .get("status")
                    .asText();
        } while (status.equals("RUNNING") || status.equals("PENDING") || status.equals("INITIALIZED"));
        if (!status.equals("FINISHED")) {
            throw new IllegalStateException("the bare gateway says " + status);
        }
    }

    private JsonNode post(String path, Object body) {
        return send(HttpRequest.newBuilder(gateway.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "the bare gateway answers " + answer.statusCode() + " " + answer.body());
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
