package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.gateway.NewProof;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.StateOperator;
import io.millrace.api.gateway.StatePlan;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A script restores what another one left, on a real cluster, and leaves nothing behind. */
@ExtendWith(Stack.Given.class)
class ProofIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> OFTEN =
            Map.of("parallelism.default", "2", "execution.checkpointing.interval", "100 ms");

    /** The upserts are materialised, and the files have a writer and a committer with state. */
    private static final String TABLES = """
            CREATE TEMPORARY TABLE numbers (n BIGINT, late AS PROCTIME()) WITH ('connector' = 'datagen',
                'rows-per-second' = '500', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
                'fields.n.end' = '1000000');
            CREATE TEMPORARY TABLE counted (latest BIGINT, c BIGINT, PRIMARY KEY (latest) NOT ENFORCED)
                WITH ('connector' = 'print', 'print-identifier' = '%1$s-counted');
            CREATE TEMPORARY TABLE files (n BIGINT)
                WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%2$s');
            """;

    private static final String COUNT = "INSERT INTO counted SELECT MAX(n) AS latest, COUNT(*) AS c"
            + " FROM (SELECT n, n %% 3 AS kind FROM numbers%s) GROUP BY kind ON CONFLICT DO DEDUPLICATE;\n";
    private static final String KEEP = "INSERT INTO files SELECT n FROM numbers;\n";

    private final Stack stack;
    private final String name = UUID.randomUUID().toString();

    ProofIT(Stack stack) {
        this.stack = stack;
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Path folder() {
        return stack.folder().resolve("files-" + name);
    }

    private String script(String owner, String inserts) {
        return TABLES.formatted(owner, folder().toUri()) + inserts;
    }

    private String submit(String script) {
        String id = newId();
        TestGateway.Reply reply =
                stack.gateway().send("POST", "/v1/submissions", new NewSubmission(script, id, name, OFTEN, null));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return id;
    }

    private TestGateway.Reply prove(String id, String script, String savepoint) {
        return prove(id, script, savepoint, null, List.of());
    }

    private TestGateway.Reply prove(
            String id, String script, String savepoint, @Nullable String earlier, List<String> dropped) {
        NewSubmission job = new NewSubmission(script, id, name + " proof", OFTEN, savepoint);
        NewStatePlan before = earlier == null ? null : new NewStatePlan(earlier, OFTEN);
        return stack.gateway().send("POST", "/v1/proofs", new NewProof(job, before, dropped));
    }

    private List<StateOperator> operators(String script) {
        return stack.gateway()
                .send("POST", "/v1/state-plans", new NewStatePlan(script, OFTEN))
                .as(StatePlan.class)
                .operators();
    }

    private JsonNode rest(String path) {
        try {
            return Json.lenient().readTree(stack.flink().rest(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A savepoint of a job that has written, and runs on. */
    private String savepoint(String id) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        printed(name + "-first-counted") > 100 && !finished().isEmpty());
        Path target = stack.folder().resolve("savepoints").resolve(id);
        stack.flink()
                .post(
                        "/jobs/" + id + "/savepoints",
                        "{\"target-directory\":\"" + target.toUri() + "\"," + "\"triggerId\":\"" + id
                                + "\",\"cancel-job\":false}");
        String path = "/jobs/" + id + "/savepoints/" + id;
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> rest(path).at("/status/id").asText().equals("COMPLETED"));
        String location = rest(path).at("/operation/location").asText();
        assertThat(location).as(rest(path).toString()).isNotEmpty();
        return location;
    }

    private long printed(String sink) {
        try (Stream<String> lines = Files.lines(stack.folder().resolve("taskmanager.log"))) {
            return lines.filter(line -> line.contains(sink)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<Path> everything() {
        if (!Files.isDirectory(folder())) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> finished() {
        List<Path> finished = new ArrayList<>(everything());
        finished.removeIf(file ->
                !Files.isRegularFile(file) || file.getFileName().toString().startsWith("."));
        return finished;
    }

    private boolean runsWholly(String id) {
        List<JsonNode> tasks = new ArrayList<>();
        rest("/jobs/" + id).path("vertices").forEach(tasks::add);
        return !tasks.isEmpty()
                && tasks.stream()
                        .allMatch(vertex -> vertex.path("status").asText().equals("RUNNING"));
    }

    @Test
    void restoresAndWritesNothingWhileTheFirstRunsOn() {
        String first = script(name + "-first", COUNT.formatted("") + KEEP);
        String running = submit(first);
        String savepoint = savepoint(running);
        stack.flink().cancel(running);
        stack.flink().awaitState(running, "CANCELED");
        Set<Path> before = everything();
        String id = newId();
        String edited = script(name + "-proof", COUNT.formatted(" WHERE n <> 1000000") + KEEP);

        assertThat(operators(edited))
                .extracting(StateOperator::id)
                .containsAll(operators(first).stream().map(StateOperator::id).toList());
        TestGateway.Reply reply = prove(id, edited, savepoint);

        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        Awaitility.await().atMost(LIMIT).until(() -> runsWholly(id));
        assertThat(rest("/jobs/" + id + "/checkpoints")
                        .at("/latest/restored/external_path")
                        .asText())
                .isEqualTo(savepoint);
        Awaitility.await().atMost(LIMIT).until(() -> read(id) > 2000);
        assertThat(rest("/jobs/" + id + "/checkpoints").at("/counts/total").asInt())
                .isEqualTo(0);
        stack.flink().cancel(id);
        stack.flink().awaitState(id, "CANCELED");
        assertThat(printed(name + "-proof")).isZero();
        assertThat(everything()).isEqualTo(before);
        assertThat(stack.folder().resolve("checkpoints").resolve(id)).doesNotExist();
        assertThat(Path.of(java.net.URI.create(savepoint)).resolve("_metadata")).exists();
    }

    /** Rows that its sources have handed on, so that there was something to write. */
    private long read(String id) {
        long most = 0;
        for (JsonNode vertex : rest("/jobs/" + id).path("vertices")) {
            most = Math.max(most, vertex.at("/metrics/read-records").asLong());
        }
        return most;
    }

    @Test
    void refusesWhatNobodyClaimsUnlessItWasNamed() {
        String first = script(name + "-first", COUNT.formatted("") + KEEP);
        String running = submit(first);
        String savepoint = savepoint(running);
        stack.flink().cancel(running);
        String other = script(name + "-proof", COUNT.formatted("").replace("COUNT(*)", "SUM(n)") + KEEP);

        TestGateway.Reply strict = prove(newId(), other, savepoint);

        assertThat(strict.status()).isEqualTo(422);
        assertThat(strict.problem().detail()).contains("has operators that this script does not have");
        List<String> gone =
                new ArrayList<>(operators(first).stream().map(StateOperator::id).toList());
        gone.removeAll(operators(other).stream().map(StateOperator::id).toList());
        assertThat(gone).isNotEmpty();
        String id = newId();
        TestGateway.Reply lenient = prove(id, other, savepoint, first, gone);
        assertThat(lenient.status()).as(lenient.body()).isEqualTo(201);
        Awaitility.await().atMost(LIMIT).until(() -> runsWholly(id));
        stack.flink().cancel(id);
    }

    @Test
    void isNotTriedWhereTheSinksDecideAboutIds() {
        String script = script(name + "-proof", "SET 'table.exec.uid.generation' = 'DISABLED';\n" + KEEP);

        TestGateway.Reply reply = prove(newId(), script, "file:///nowhere");

        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.problem().detail()).contains("cannot be tried without its sinks");
    }
}
