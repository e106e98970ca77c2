package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
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
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job goes on with another script from what its last version left. The source counts up, so each row tells all. */
@ExtendWith(Stack.Given.class)
class StateIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TABLES = """
            CREATE TEMPORARY TABLE numbers (n BIGINT, late AS PROCTIME()) WITH ('connector' = 'datagen',
                'rows-per-second' = '500', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
                'fields.n.end' = '1000000');
            CREATE TEMPORARY TABLE counted (kind BIGINT, c BIGINT, latest BIGINT)
                WITH ('connector' = 'print', 'print-identifier' = '%1$s-counted');
            CREATE TEMPORARY TABLE more (kind BIGINT, c BIGINT, latest BIGINT)
                WITH ('connector' = 'print', 'print-identifier' = '%1$s-more');
            CREATE TEMPORARY TABLE wide (kind BIGINT, c BIGINT, latest BIGINT, twice BIGINT)
                WITH ('connector' = 'print', 'print-identifier' = '%1$s-wide');
            """;
    private static final String COUNT = "SELECT kind, COUNT(*) AS c, MAX(n) AS latest"
            + " FROM (SELECT n, n * 0 AS kind FROM numbers%s) GROUP BY kind";
    private static final Map<String, String> ALONE = Map.of("parallelism.default", "1");
    private static final String INSERT = "INSERT INTO counted " + COUNT.formatted("") + ";\n";

    private final Stack stack;

    StateIT(Stack stack) {
        this.stack = stack;
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private TestGateway.Reply send(
            String id, String name, String script, @Nullable String restore, Map<String, String> settings) {
        NewSubmission job = new NewSubmission(TABLES.formatted(name) + script, id, name, settings, restore);
        return stack.gateway().send("POST", "/v1/submissions", job);
    }

    private String submit(String name, String script, @Nullable String restore, Map<String, String> settings) {
        String id = newId();
        TestGateway.Reply reply = send(id, name, script, restore, settings);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return id;
    }

    private StatePlan plan(String script) {
        TestGateway.Reply reply = stack.gateway()
                .send("POST", "/v1/state-plans", new NewStatePlan(TABLES.formatted("x") + script, Map.of()));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.as(StatePlan.class);
    }

    /** Count and largest number of one row that the job of this name wrote. */
    record Seen(long count, long latest) {}

    private List<Seen> rows(String sink) {
        Pattern row = Pattern.compile(Pattern.quote(sink) + "[^\\[]*\\[\\d+, (\\d+), (\\d+)(, \\d+)?\\]");
        List<Seen> rows = new ArrayList<>();
        Matcher found = row.matcher(output());
        while (found.find()) {
            rows.add(new Seen(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))));
        }
        return rows;
    }

    private String output() {
        try {
            return Files.readString(stack.folder().resolve("taskmanager.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Seen> awaitRows(String sink, int count) {
        Awaitility.await().atMost(LIMIT).until(() -> rows(sink).size() >= count);
        return rows(sink);
    }

    /** Ends the job with a savepoint. */
    private String stop(String id) {
        Path folder = stack.folder().resolve("savepoints").resolve(id);
        JsonNode trigger = json(stack.flink()
                .post("/jobs/" + id + "/stop", "{\"targetDirectory\":\"" + folder.toUri() + "\",\"drain\":false}"));
        String path =
                "/jobs/" + id + "/savepoints/" + trigger.path("request-id").asText();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        json(stack.flink().rest(path)).at("/status/id").asText().equals("COMPLETED"));
        JsonNode answer = json(stack.flink().rest(path));
        assertThat(answer.at("/operation/location").asText())
                .as(answer.toString())
                .isNotEmpty();
        stack.flink().awaitState(id, "FINISHED");
        return answer.at("/operation/location").asText();
    }

    private static JsonNode json(FlinkProcesses.Reply reply) {
        try {
            return Json.lenient().readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the first script, then the second from its savepoint; the rows of the second. */
    private List<Seen> goOn(String name, String before, String after, String sink) {
        return goOn(name, before, after, sink, ALONE, ALONE);
    }

    private List<Seen> goOn(
            String name,
            String before,
            String after,
            String sink,
            Map<String, String> oldSettings,
            Map<String, String> newSettings) {
        String old = submit(name + "1", before, null, oldSettings);
        awaitRows(name + "1-counted", 100);
        String savepoint = stop(old);
        long reached = lastOf(rows(name + "1-counted")).latest();
        String next = submit(name + "2", after, savepoint, newSettings);
        List<Seen> rows = awaitRows(name + "2-" + sink, 100);
        stack.flink().cancel(next);
        assertThat(rows.get(0).latest()).as("the source goes on").isGreaterThanOrEqualTo(reached);
        return rows;
    }

    private static Seen lastOf(List<Seen> rows) {
        return rows.get(rows.size() - 1);
    }

    private static void assertThatNothingWasForgotten(List<Seen> rows) {
        assertThat(rows).allSatisfy(row -> assertThat(row.count()).isEqualTo(row.latest()));
    }

    @Test
    void goesOnCountingWhenASecondInsertIsAdded() {
        String second = "INSERT INTO more SELECT kind, c, latest FROM (" + COUNT.formatted("") + ");\n";

        assertThatNothingWasForgotten(goOn("added", INSERT, INSERT + second, "counted"));
        assertThatNothingWasForgotten(rows("added2-more"));
    }

    @Test
    void goesOnCountingWhenWhatFollowsTheAggregationChanges() {
        String doubled =
                "INSERT INTO counted SELECT kind * 2, c, latest FROM (" + COUNT.formatted("") + ")" + " WHERE c > 0;\n";

        assertThatNothingWasForgotten(goOn("follows", INSERT, doubled, "counted"));
    }

    @Test
    void goesOnCountingWhenAColumnIsAddedBehindTheAggregation() {
        String wide = "INSERT INTO wide SELECT kind, c, latest, c * 2 FROM (" + COUNT.formatted("") + ");\n";

        assertThatNothingWasForgotten(goOn("wide", INSERT, wide, "wide"));
    }

    @Test
    void goesOnCountingWhenRowsAreFilteredBefore() {
        String filtered = "INSERT INTO counted " + COUNT.formatted(" WHERE n <> 1000000") + ";\n";

        assertThatNothingWasForgotten(goOn("filtered", INSERT, filtered, "counted"));
    }

    @Test
    void goesOnCountingWhenStateIsKeptLonger() {
        Map<String, String> hour = Map.of("parallelism.default", "1", "table.exec.state.ttl", "1 h");
        Map<String, String> day = Map.of("parallelism.default", "1", "table.exec.state.ttl", "1 d");

        assertThatNothingWasForgotten(goOn("longer", INSERT, INSERT, "counted", hour, day));
    }

    /** The control: what happens when Flink makes the ids of the topology. */
    @Test
    void flinkAloneDoesNotFindTheStateAgain() {
        Map<String, String> settings = Map.of("parallelism.default", "1", "table.exec.uid.generation", "DISABLED");
        String second = "INSERT INTO more SELECT kind, c, latest FROM (" + COUNT.formatted("") + ");\n";
        String old = submit("control1", INSERT, null, settings);
        awaitRows("control1-counted", 100);

        assertThatItIsRefused("control2", INSERT + second, stop(old), settings);
    }

    @Test
    void refusesToDropStateInSilence() {
        String old = submit("changed1", INSERT, null, ALONE);
        awaitRows("changed1-counted", 100);
        String sum = INSERT.replace("MAX(n)", "SUM(n)");

        assertThatItIsRefused("changed2", sum, stop(old), ALONE);
    }

    private void assertThatItIsRefused(String name, String script, String savepoint, Map<String, String> settings) {
        String id = newId();

        TestGateway.Reply reply = send(id, name, script, savepoint, settings);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem().detail()).contains("has operators that this script does not have");
        assertThat(stack.flink().rest("/jobs/" + id).body()).contains("\"state\":\"FAILED\"", "\"RUNNING\":0");
    }

    @Test
    void saysBeforehandWhatIsTakenOver() {
        List<String> before =
                plan(INSERT).operators().stream().map(StateOperator::id).toList();
        List<String> after = plan(INSERT + "INSERT INTO more " + COUNT.formatted("")).operators().stream()
                .map(StateOperator::id)
                .toList();

        assertThat(after).containsAll(before).hasSize(before.size() + 1);
    }
}
