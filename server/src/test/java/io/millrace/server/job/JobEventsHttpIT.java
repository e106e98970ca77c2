package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.Json;
import io.millrace.api.client.Rest;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.StreamedJobEventView;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who is told what while it happens. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobEventsHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();
    private final HttpClient http = HttpClient.newHttpClient();

    /** A stream whose lines are read one after the other; each read waits for the server. */
    private final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(String token, String query, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(OpenApiExchanges.base() + "/api/v1/jobs/events" + query))
                    .header("Authorization", "Bearer " + token);
            if (headers.length > 0) {
                request.headers(headers);
            }
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** What follows the next line of a field. */
        String next(String field) throws IOException {
            String line;
            do {
                line = Objects.requireNonNull(lines.readLine(), "the stream ended");
            } while (!line.startsWith(field + ":"));
            return line.substring(field.length() + 1).strip();
        }

        StreamedJobEventView nextEvent() throws IOException {
            assertThat(next("event")).isEqualTo("job");
            return Json.lenient().readValue(next("data"), StreamedJobEventView.class);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private void apply(String name) {
        var spec = new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null);
        assertThat(api.send("PUT", "/workspaces/default/jobs/" + name, Json.write(spec))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsWhatHappensAndGoesOnWhereAClientWas() throws Exception {
        String place;
        try (var stream = new Stream(ServerStack.LOCAL_TOKEN, "")) {
            assertThat(stream.response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            stream.next("id");
            apply("streamed");
            StreamedJobEventView told = stream.nextEvent();
            assertThat(told.workspace()).isEqualTo("default");
            assertThat(told.job()).isEqualTo("streamed");
            assertThat(told.event().kind()).isEqualTo("APPLIED");
            place = stream.next("id");
        }
        apply("streamed-while-away");
        apply("streamed-too");

        try (var stream = new Stream(ServerStack.LOCAL_TOKEN, "", "Last-Event-ID", place)) {
            assertThat(stream.nextEvent().job()).isEqualTo("streamed-while-away");
            assertThat(stream.nextEvent().job()).isEqualTo("streamed-too");
        }
        try (var stream =
                new Stream(ServerStack.LOCAL_TOKEN, "?workspace=default&job=streamed-too", "Last-Event-ID", place)) {
            assertThat(stream.nextEvent().job()).isEqualTo("streamed-too");
        }
    }

    @Test
    void clientsThatGoAwayMakeRoomForOthers() throws Exception {
        List<Stream> open = new ArrayList<>();
        Stream last = new Stream(ServerStack.LOCAL_TOKEN, "");
        while (last.response.statusCode() == 200) {
            open.add(last);
            last = new Stream(ServerStack.LOCAL_TOKEN, "");
        }
        assertThat(last.response.statusCode()).isEqualTo(429);
        assertThat(last.lines.readLine()).contains("EVENT_STREAMS_LIMITED");
        assertThat(open).hasSizeLessThanOrEqualTo(200);
        for (Stream stream : open) {
            stream.close();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (var next = new Stream(ServerStack.LOCAL_TOKEN, "")) {
                return next.response.statusCode() == 200;
            }
        });
    }

    @Test
    void refusesWhatItCannotStream() throws Exception {
        try (var stream = new Stream(ServerStack.LOCAL_TOKEN, "", "Last-Event-ID", "yesterday")) {
            assertThat(stream.response.statusCode()).isEqualTo(422);
        }
        try (var stream = new Stream(ServerStack.LOCAL_TOKEN, "?workspace=default&job=none")) {
            assertThat(stream.response.statusCode()).isEqualTo(404);
        }
        try (var stream = new Stream(ServerStack.LOCAL_TOKEN, "?workspace=none")) {
            assertThat(stream.response.statusCode()).isEqualTo(404);
        }
        try (var stream = new Stream("mlr_forged", "")) {
            assertThat(stream.response.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void tellsNothingOfWhatOneMayNotSeeAndEndsWithTheToken() throws Exception {
        Rest admin = Rest.at(URI.create(OpenApiExchanges.base() + "/api/v1")).withToken(() -> ServerStack.LOCAL_TOKEN);
        admin.post("/users").body(Map.of("name", "watcher")).send();
        String secret = admin.post("/users/watcher/tokens")
                .body(Map.of("name", "watch"))
                .as(Map.class)
                .get("secret")
                .toString();
        apply("seen");
        admin.post("/grants")
                .body(Map.of(
                        "to", Map.of("kind", "USER", "name", "watcher"),
                        "object", Map.of("kind", "JOB", "path", new String[] {"default", "seen"}),
                        "privileges", new String[] {"DESCRIBE"}))
                .send();

        try (var stream = new Stream(secret, "")) {
            stream.next("id");
            apply("unseen");
            assertThat(api.send("PATCH", "/workspaces/default/jobs/seen", "{\"desired\":\"RUNNING\"}", "If-Match", "*")
                            .statusCode())
                    .isEqualTo(200);
            StreamedJobEventView told = stream.nextEvent();
            assertThat(told.job()).isEqualTo("seen");
            assertThat(told.event().kind()).isEqualTo("START_REQUESTED");

            admin.delete("/users/watcher").header("If-Match", "*").send();
            String event;
            do {
                event = stream.next("event");
            } while (event.equals("job"));
            assertThat(event).isEqualTo("end");
            stream.next("data");
            while (stream.lines.readLine() != null) {
                // What is left of the stream; it has an end.
            }
        }
    }
}
