package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.core.catalog.TableId;
import io.millrace.core.lineage.Dataset;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;
import io.millrace.core.lineage.RunMoment;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import io.openlineage.client.OpenLineage;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Events on their way from a real metastore to a real receiver, which has its bad days. */
class RunEventSenderIT {
    private static final String JOB = UUID.randomUUID().toString();
    private static Jdbi jdbi;

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int status = 201;
    private HttpServer server;
    private SqlOutbox outbox;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        jdbi.useHandle(handle -> handle.execute("DELETE FROM run_event"));
        jdbi.useHandle(handle -> handle.execute("UPDATE run_event_given_up SET events = 0"));
        jdbi.useHandle(handle -> handle.execute("DELETE FROM job"));
        outbox = new SqlOutbox(jdbi);
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Status 0 never answers; 307 leads to another path, where everything is taken. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(exchange.getRequestURI().getPath() + " " + body);
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (status == 0) {
                over.await();
            }
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunEventSender sender(Receiver receiver, int tries, int waiting) {
        var json = new RunEventJson("team", "1.0", RunEventSenderIT::dataset);
        var limits = new RunEventSender.Limits(tries, waiting);
        return new RunEventSender(outbox, new SqlFlows(jdbi), json, receiver, limits, clock);
    }

    private static Optional<Dataset> dataset(TableId table) {
        return table.value().equals("t1")
                ? Optional.of(new Dataset("kafka://b:9092", "orders", List.of(new Dataset.Field("amount", "DOUBLE"))))
                : Optional.empty();
    }

    private HttpReceiver http() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/lineage");
        return new HttpReceiver(url, Optional.of(token), Duration.ofMillis(500));
    }

    private static void happened(RunMoment moment, int attempt) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO run_event (job_id, job_name, version, attempt, moment, at, evidence) VALUES"
                        + " (CAST(? AS uuid), 'load', 1, ?, ?, '2026-05-01T12:00:00Z', 'no space left')",
                JOB,
                attempt,
                moment.name()));
    }

    private static void job() {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO job (id, workspace_id, name, version, generation, desired, wish, wish_version, wish_savepoint,"
                            + " wish_from, wish_partial, created_at, changed_at, observed, observed_at, reason, failures) VALUES"
                            + " (CAST(? AS uuid), (SELECT id FROM workspace), 'load', 1, 1, 'RUNNING', 0, 1, true, 'LATEST', false, now(), now(), 'IDLE', now(),"
                            + " '', 0)",
                    JOB);
            handle.execute(
                    "INSERT INTO job_version (job_id, version, script, mode, target, parallelism, checkpoint_scheduler,"
                            + " settings, created_at) VALUES (CAST(? AS uuid), 1, 'INSERT INTO b SELECT …', 'BATCH',"
                            + " 'local', 1, 'FLINK', '{}', now())",
                    JOB);
        });
        LineageTable orders = new LineageTable("t1", "kafka", "main", "orders", false);
        LineageTable totals = new LineageTable("t2", "warehouse", "d", "totals", false);
        Flow flow = new Flow(
                totals,
                List.of(new Flow.Input(orders, false, List.of("amount"))),
                List.of(new Flow.Column(
                        "s", "SUM(amount)", List.of(new Flow.Source(0, "amount", LineageKind.AGGREGATION)))),
                List.of(new Flow.Source(0, "kind", LineageKind.GROUP_BY)),
                List.of());
        Maker maker = Maker.job(WorkspaceId.DEFAULT, JOB, "load", 1);
        new SqlFlows(jdbi)
                .replace(maker, List.of(new MadeFlow(maker, 0, 1, flow)), Set.of(), new TestClock().instant());
    }

    private static OpenLineage.RunEvent read(String json) throws IOException {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        return mapper.readValue(json, OpenLineage.RunEvent.class);
    }

    @Test
    void tellsAllAboutARunInOrder() throws IOException {
        job();
        happened(RunMoment.START, 1);
        happened(RunMoment.FAIL, 1);
        RunEventSender sender = sender(http(), 3, 10);

        assertThat(sender.round()).isEqualTo(1);
        assertThat(sender.round()).isEqualTo(1);
        assertThat(sender.round()).isZero();

        List<String> sent =
                bodies.stream().map(body -> body.substring(body.indexOf(' '))).toList();
        OpenLineage.RunEvent start = read(sent.get(0));
        OpenLineage.RunEvent fail = read(sent.get(1));
        assertThat(start.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.START);
        assertThat(start.getJob().getNamespace()).isEqualTo("team");
        assertThat(start.getJob().getName()).isEqualTo("load");
        assertThat(start.getJob().getFacets().getJobType().getProcessingType()).isEqualTo("BATCH");
        assertThat(start.getJob().getFacets().getSql().getQuery()).startsWith("INSERT INTO b");
        assertThat(start.getRun().getFacets().getProcessing_engine().getName()).isEqualTo("flink");
        assertThat(start.getInputs()).singleElement().satisfies(input -> {
            assertThat(input.getNamespace()).isEqualTo("kafka://b:9092");
            assertThat(input.getName()).isEqualTo("orders");
            assertThat(input.getFacets().getSchema().getFields()).hasSize(1);
        });
        assertLineage(start);
        assertThat(fail.getRun().getRunId()).isEqualTo(start.getRun().getRunId());
        assertThat(fail.getRun().getFacets().getErrorMessage().getMessage()).isEqualTo("no space left");
        assertThat(tokens).containsOnly("Bearer s3cret");
    }

    private static void assertLineage(OpenLineage.RunEvent start) {
        assertThat(start.getOutputs()).singleElement().satisfies(output -> {
            assertThat(output.getNamespace()).as("its store is not known").isEqualTo("team");
            assertThat(output.getName()).isEqualTo("warehouse.d.totals");
            var lineage = output.getFacets().getColumnLineage();
            var field = lineage.getFields()
                    .getAdditionalProperties()
                    .get("s")
                    .getInputFields()
                    .get(0);
            assertThat(field.getField()).isEqualTo("amount");
            assertThat(field.getTransformations().get(0).getSubtype()).isEqualTo("AGGREGATION");
            assertThat(field.getTransformations().get(0).getDescription()).isEqualTo("SUM(amount)");
            assertThat(lineage.getDataset().get(0).getTransformations().get(0).getType())
                    .isEqualTo("INDIRECT");
        });
    }

    @Test
    void keepsEventsWhileTheReceiverIsBad() throws IOException {
        happened(RunMoment.START, 1);
        happened(RunMoment.COMPLETE, 1);
        RunEventSender sender = sender(http(), 100, 10);

        for (int bad : List.of(500, 0, 307, 401, 429)) {
            status = bad;
            assertThat(sender.round()).as("status %d", bad).isZero();
            assertThat(sender.round()).as("it pauses").isZero();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(bodies).as("no redirect is followed").hasSize(5).noneMatch(body -> body.startsWith("/elsewhere"));
        assertThat(outbox.waiting()).containsExactly(RunMoment.START, RunMoment.COMPLETE);

        status = 200;
        assertThat(sender.round() + sender.round()).isEqualTo(2);
        assertThat(outbox.waiting()).isEmpty();
        assertThat(outbox.givenUp()).isZero();
    }

    @Test
    void waitsForAReceiverThatIsDown() throws IOException {
        happened(RunMoment.START, 1);
        RunEventSender sender = sender(http(), 100, 10);
        server.stop(0);

        assertThat(sender.round()).isZero();
        assertThat(outbox.waiting()).containsExactly(RunMoment.START);
    }

    @Test
    void givesUpAndCountsWhatIsRefusedOrTriedTooOften() throws IOException {
        happened(RunMoment.START, 1);
        happened(RunMoment.ABORT, 1);
        RunEventSender sender = sender(http(), 2, 10);

        status = 422;
        assertThat(sender.round()).isEqualTo(1);
        assertThat(outbox.givenUp()).isEqualTo(1);

        status = 503;
        assertThat(sender.round()).isZero();
        clock.advance(Duration.ofMinutes(5));
        assertThat(sender.round()).isEqualTo(1);
        assertThat(outbox.givenUp()).isEqualTo(2);
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void givesUpTheOldestOfTooMany() throws IOException {
        for (int i = 1; i <= 5; i++) {
            happened(RunMoment.START, i);
        }
        status = 503;

        sender(http(), 100, 3).round();

        assertThat(outbox.waiting()).hasSize(3);
        assertThat(outbox.givenUp()).isEqualTo(2);
    }

    @Test
    void appendsToAFile() throws IOException {
        happened(RunMoment.START, 1);
        happened(RunMoment.RUNNING, 1);
        Path file = folder.resolve("events.ndjson");
        RunEventSender sender = sender(new FileReceiver(file), 3, 10);

        assertThat(sender.round() + sender.round()).isEqualTo(2);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(read(lines.get(1)).getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.RUNNING);
        assertThat(read(lines.get(1)).getInputs()).as("the job is gone").isEmpty();
    }
}
