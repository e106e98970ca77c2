package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code millrace demo}, as a user runs it. The tests share one home and build on each other, for a start takes time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoE2E {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** What the generator damaged, and lines that are no requests. */
    private static final long SAMPLE_QUARANTINED = 17;

    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    private static final Path PROGRAM =
            Path.of(System.getProperty("millrace.distribution")).resolve("bin/millrace");

    /** Not @TempDir: PostgreSQL's socket needs a short path, and processes must be down before it goes. */
    private final Path home = temporaryFolder();

    private final JsonMapper json = new JsonMapper();

    /** What a command left. */
    private record Outcome(int exitCode, String out, String err) {}

    @AfterAll
    void leaveNothing() throws Exception {
        run("down");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    @Order(1)
    void refusesWhatIsNoLogBeforeAnythingIsStarted() throws Exception {
        Path notes = Files.writeString(home.resolve("notes.txt"), "Dear diary,\nno requests today.\n");

        Outcome missing = run("demo", "--log", home.resolve("nowhere.log").toString());
        Outcome diary = run("demo", "--log", notes.toString());

        assertThat(missing.exitCode()).isEqualTo(USAGE);
        assertThat(missing.err().strip()).hasLineCount(1).contains("nowhere.log", "does not exist");
        assertThat(diary.exitCode()).isEqualTo(USAGE);
        assertThat(diary.err().strip()).hasLineCount(1).contains("is not an access log", "Dear diary,");
        assertThat(run("status", "--output", "json").out()).contains("\"DOWN\"");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    @Order(2)
    void leavesNothingRunningWhenItIsInterrupted() throws Exception {
        Path err = home.resolve("interrupted.err");
        Process demo = start(home.resolve("interrupted.out"), err, "demo");
        await().atMost(LIMIT).until(() -> Files.readString(err).contains("creating topics and tables"));

        // Ctrl-C.
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();

        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(run("status", "--output", "json").out()).contains("\"DOWN\"").doesNotContain("\"UP\"");
    }

    @Test
    @Order(3)
    void showsTheSample() throws Exception {
        Outcome demo = run("demo", "--output", "json");

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        JsonNode result = json.readTree(demo.out());
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "lines",
                        "quarantined",
                        "detail",
                        "pageViews",
                        "visitors",
                        "bots",
                        "statuses",
                        "topPages",
                        "validated",
                        "seconds",
                        "ui");
        assertThat(result.get("lines").asLong()).isEqualTo(20_000);
        assertThat(result.get("quarantined").asLong()).isEqualTo(SAMPLE_QUARANTINED);
        assertThat(result.get("detail").asLong()).isEqualTo(20_000 - SAMPLE_QUARANTINED);
        assertThat(result.get("bots").asLong()).isPositive();
        assertThat(statuses(result).values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(result.get("detail").asLong());
        assertThat(result.get("validated").asBoolean()).isTrue();
        assertThat(run("job", "list", "--output", "json").out())
                .contains("traffic-detail", "traffic-summary", "RUNNING");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(told())
                        .contains(
                                "default.traffic-detail START",
                                "default.traffic-detail RUNNING",
                                "default.traffic-summary START",
                                "default.traffic-summary RUNNING"));
    }

    /** What the file of OpenLineage's events says, line by line. */
    private List<String> told() throws IOException {
        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(events())) {
            JsonNode event = json.readTree(line);
            told.add(event.at("/job/name").asText() + " "
                    + event.path("eventType").asText());
        }
        return told;
    }

    private Path events() {
        return home.resolve("events.json");
    }

    @Test
    @Order(4)
    void countsARealLogAsAwkDoes() throws Exception {
        Path log = Path.of(System.getProperty(
                "millrace.real-log",
                Path.of(System.getProperty("millrace.root"), "../shared/data/web/apache_access.log")
                        .toString()));
        assumeThat(log).exists();
        var awk = new AwkTotals(log);

        Outcome demo = run("demo", "--output", "json", "--log", log.toString());

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        JsonNode result = json.readTree(demo.out());
        assertThat(result.get("lines").asLong()).isEqualTo(awk.lines());
        assertThat(result.get("quarantined").asLong()).isEqualTo(awk.damaged());
        assertThat(result.get("pageViews").asLong()).isEqualTo(awk.pageViews());
        assertThat(result.get("visitors").asLong()).isEqualTo(awk.visitors());
        assertThat(statuses(result)).isEqualTo(awk.statuses());
        assertThat(topPages(result)).isEqualTo(awk.topPages());
        assertThat(result.get("validated").asBoolean()).isTrue();
    }

    @Test
    @Order(5)
    void namesARowInWhichStreamingAndOfflineDiffer() throws Exception {
        Path check = PROGRAM.resolveSibling("../examples/traffic/check.sql").normalize();
        assertThat(run("sql", "-f", check.toString(), "--output", "json").out()).doesNotContain("statuses");

        Outcome insert = run(
                "sql",
                "-e",
                "SET 'table.dml-sync' = 'true';"
                        + " INSERT INTO postgres.traffic.statuses VALUES (999, 1) ON CONFLICT DO DEDUPLICATE");

        assertThat(insert.exitCode()).as(insert.err()).isZero();
        assertThat(run("sql", "-f", check.toString(), "--output", "json").out()).contains("999");
    }

    @Test
    @Order(6)
    void itsJobsRunForWhoHasExactlyTheGrantsThatTheyNeed() throws Exception {
        new TrafficGrants(
                        home, PROGRAM.resolveSibling("../examples/traffic/jobs").normalize())
                .check();
    }

    private static Map<String, Long> statuses(JsonNode result) {
        Map<String, Long> statuses = new TreeMap<>();
        result.get("statuses")
                .properties()
                .forEach(status ->
                        statuses.put(status.getKey(), status.getValue().asLong()));
        return statuses;
    }

    private static List<String> topPages(JsonNode result) {
        List<String> pages = new ArrayList<>();
        result.get("topPages")
                .forEach(page -> pages.add(
                        page.get("views").asLong() + " " + page.get("path").asText()));
        return pages;
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "command", ".out");
        Path err = Files.createTempFile(home, "command", ".err");
        Process process = start(out, err, arguments);
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended)
                .as("%s ends; so far: %s", List.of(arguments), Files.readString(err))
                .isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(PROGRAM.toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("MILLRACE_HOME", home.toString());
        builder.environment().put("MILLRACE_LINEAGE_OPEN_LINEAGE_FILE", events().toString());
        return builder.start();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mr");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
