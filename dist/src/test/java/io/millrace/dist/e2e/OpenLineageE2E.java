package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What an OpenLineage receiver is told of jobs on the assembled stack, while it comes and goes itself. */
class OpenLineageE2E {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final ConcurrentLinkedQueue<JsonNode> refused = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<JsonNode> taken = new ConcurrentLinkedQueue<>();
    private volatile boolean ready;

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = json.readTree(exchange.getRequestBody().readAllBytes());
            (ready ? taken : refused).add(event);
            exchange.sendResponseHeaders(ready ? 201 : 503, -1);
        }
    }

    private List<String> told(String job) {
        return taken.stream()
                .filter(event -> event.at("/job/name").asText().equals("default." + job))
                .map(event -> event.path("eventType").asText())
                .toList();
    }

    private static void run(Millrace millrace, String... command) throws Exception {
        Answer answer = millrace.run(command);
        assertThat(answer.exit())
                .as(String.join(" ", command) + answer.out() + answer.err())
                .isZero();
    }

    private Path job(String name, String mode, String sql) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".sql"), "---\nname: " + name + "\nmode: " + mode + "\n---\n" + sql, UTF_8);
    }

    @Test
    void tellsAReceiverThatWasAwayOfEachRunInOrder() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/api/v1/lineage", this::take);
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/api/v1/lineage";
        try (Millrace millrace = new Millrace(folder.resolve("home")).with("MILLRACE_LINEAGE_OPEN_LINEAGE_URL", url)) {
            run(millrace, "up");
            run(millrace, "sql", "-e", """
                    CREATE TABLE kafka.main.clicks (page STRING, n BIGINT) WITH ('topic' = 'clicks');
                    CREATE TABLE kafka.main.hits (page STRING, n BIGINT) WITH ('topic' = 'hits');
                    SET 'table.dml-sync' = 'true';
                    INSERT INTO kafka.main.clicks VALUES ('/', 5);""");
            aStreamingRun(millrace);
            await().atMost(LIMIT).until(() -> refused.size() > 1);
            assertThat(refused)
                    .extracting(event -> event.path("eventType").asText())
                    .containsOnly("START");

            ready = true;
            await().atMost(LIMIT).until(() -> told("clicking").size() == 3);
            aBatchRun(millrace);
            await().atMost(LIMIT).until(() -> told("once").contains("COMPLETE"));

            assertThat(told("clicking")).containsExactly("START", "RUNNING", "ABORT");
            assertThat(told("once")).startsWith("START").endsWith("COMPLETE").doesNotHaveDuplicates();
            assertThat(refused.element())
                    .as("what was refused is what is told later")
                    .isEqualTo(taken.element());
            assertThat(taken.stream()
                            .map(event -> event.at("/run/runId").asText())
                            .collect(Collectors.toSet()))
                    .as("a run for each attempt")
                    .hasSize(2);
            checkContent(Objects.requireNonNull(taken.peek()));
            run(millrace, "down");
        } finally {
            receiver.stop(0);
        }
    }

    private void aStreamingRun(Millrace millrace) throws Exception {
        Path file = job("clicking", "streaming", """
                INSERT INTO kafka.main.hits SELECT UPPER(page), n + 1 FROM kafka.main.clicks WHERE n > 3;
                """);
        run(millrace, "job", "apply", "-f", file.toString());
        run(millrace, "job", "start", "clicking", "--wait");
        run(millrace, "job", "stop", "clicking", "--wait");
    }

    private void aBatchRun(Millrace millrace) throws Exception {
        Path file = job("once", "batch", "INSERT INTO kafka.main.hits VALUES ('a', 1), ('b', 2);\n");
        run(millrace, "job", "apply", "-f", file.toString());
        run(millrace, "job", "start", "once", "--wait");
    }

    private static void checkContent(JsonNode start) {
        JsonNode input = start.path("inputs").path(0);
        JsonNode output = start.path("outputs").path(0);
        assertThat(input.path("namespace").asText()).startsWith("kafka://127.0.0.1:");
        assertThat(input.path("name").asText()).isEqualTo("clicks");
        assertThat(input.at("/facets/schema/fields").findValuesAsText("name")).containsExactly("page", "n");
        assertThat(output.path("name").asText()).isEqualTo("hits");
        JsonNode lineage = output.at("/facets/columnLineage");
        JsonNode page = lineage.at("/fields/page/inputFields/0");
        assertThat(page.path("name").asText()).isEqualTo("clicks");
        assertThat(page.path("field").asText()).isEqualTo("page");
        assertThat(page.at("/transformations/0/subtype").asText()).isEqualTo("TRANSFORMATION");
        assertThat(page.at("/transformations/0/description").asText()).isEqualTo("UPPER(page)");
        assertThat(lineage.at("/dataset/0/field").asText()).isEqualTo("n");
        assertThat(lineage.at("/dataset/0/transformations/0/subtype").asText()).isEqualTo("FILTER");
    }
}
