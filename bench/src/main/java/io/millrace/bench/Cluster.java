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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Watches the one cluster on which both contenders run, with the same eyes for both. */
final class Cluster {
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI rest;
    private final Set<String> seen = new HashSet<>();

    Cluster(URI rest) {
        this.rest = rest;
        jobs().forEach(job -> seen.add(job.get("jid").asText()));
    }

    /** Waits for a job that was not there before and whose tasks all run; returns its JobID. */
    String awaitNewRunningJob() throws TimeoutException {
        String job = await(() -> {
            for (JsonNode each : jobs()) {
                JsonNode tasks = each.get("tasks");
                boolean running = each.get("state").asText().equals("RUNNING")
                        && tasks.get("total").asInt() > 0
                        && tasks.get("running").asInt() == tasks.get("total").asInt();
                if (running && !seen.contains(each.get("jid").asText())) {
                    return Optional.of(each.get("jid").asText());
                }
            }
            return Optional.empty();
        });
        seen.add(job);
        return job;
    }

    /** Cancels whatever runs and waits until nothing does. */
    void cancelAll() throws TimeoutException {
        for (JsonNode job : jobs()) {
            if (!ended(job)) {
                send(HttpRequest.newBuilder(
                                rest.resolve("/jobs/" + job.get("jid").asText()))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody()));
            }
        }
        awaitIdle();
    }

    void awaitIdle() throws TimeoutException {
        await(() -> {
            for (JsonNode job : jobs()) {
                if (!ended(job)) {
                    return Optional.empty();
                }
            }
            return Optional.of("idle");
        });
    }

    private static boolean ended(JsonNode job) {
        return Set.of("FINISHED", "CANCELED", "FAILED")
                .contains(job.get("state").asText());
    }

    private JsonNode jobs() {
        return send(HttpRequest.newBuilder(rest.resolve("/jobs/overview"))).get("jobs");
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Json.lenient().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private interface Look {
        Optional<String> take();
    }

    private static String await(Look look) throws TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> found = look.take();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new TimeoutException("not within " + PATIENCE);
    }
}
