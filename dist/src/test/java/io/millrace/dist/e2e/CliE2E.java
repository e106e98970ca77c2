package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code millrace sql} and {@code millrace job} as a user runs them. */
@ExtendWith(SharedStack.class)
class CliE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TICKS =
            "CREATE TEMPORARY TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '5');\n";

    @TempDir
    private static Path folder;

    private final Millrace millrace;

    CliE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(millrace.runProcess("--version").out()).matches("millrace \\d+\\.\\d+\\.\\S+, Java \\d+.*\n");
    }

    /** So that the other tests may start fewer processes. */
    @Test
    void eachKindOfCommandAnswersTheSameWithoutAProcessOfItsOwn() throws Exception {
        List<List<String>> commands = List.of(
                List.of("access", "whoami"),
                List.of("catalog", "list", "kafka"),
                List.of("checkpoint", "list", "nowhere"),
                List.of("job", "start", "nowhere", "--wait"),
                List.of("lineage", "show", "kafka.main.nowhere"),
                List.of("snapshot", "list", "nowhere", "-o", "json"),
                List.of("sql", "-o", "csv", "-e", "SELECT 'ü' AS s; SELECT s FROM nowhere"),
                List.of("workspace", "list", "--what"));
        assertThat(commands)
                .extracting(command -> command.get(0))
                .containsExactlyInAnyOrderElementsOf(LoadedCommands.KINDS);

        for (List<String> command : commands) {
            String[] arguments = command.toArray(String[]::new);
            assertThat(millrace.run(arguments)).isEqualTo(millrace.runProcess(arguments));
        }
    }

    @Test
    void standardOutputHoldsTheRowsAndNothingElse() throws Exception {
        Answer json = millrace.runProcess(
                "sql",
                "-o",
                "json",
                "-e",
                "SET 'execution.runtime-mode' = 'streaming'; SELECT 40 + 2 AS x, ROW(1, CAST(NULL AS INT)) AS r");
        Answer csv =
                millrace.runProcess("sql", "-o", "csv", "-e", "SELECT 'a,b' AS s, CAST(1.50 AS DECIMAL(9, 2)) AS d");

        assertThat(json.exit()).as(json.err()).isZero();
        assertThat(json.out()).isEqualTo("{\"x\":42,\"r\":{\"EXPR$0\":1,\"EXPR$1\":null}}\n");
        assertThat(csv.out()).isEqualTo("s,d\n\"a,b\",1.50\n");
    }

    @Test
    void aScriptOfFlinksSqlClientRunsUnchanged() throws Exception {
        Path script = Files.writeString(folder.resolve("client.sql"), """
                SET 'execution.runtime-mode' = 'batch'; -- as always
                CREATE TEMPORARY TABLE words (w STRING) WITH (
                  'connector' = 'datagen', 'number-of-rows' = '10', 'fields.w.length' = '3');
                CREATE TEMPORARY TABLE hole WITH ('connector' = 'blackhole') LIKE words (EXCLUDING ALL);
                CREATE TEMPORARY VIEW lengths AS SELECT CHAR_LENGTH(w) AS l FROM words;
                EXECUTE STATEMENT SET BEGIN
                  INSERT INTO hole SELECT w FROM words;
                  INSERT INTO hole SELECT ';' || w FROM words;
                END;
                EXPLAIN SELECT l FROM lengths;
                SELECT l, COUNT(*) AS c FROM lengths GROUP BY l;
                """);

        Answer answer = millrace.runProcess("sql", "-f", script.toString());

        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("== Abstract Syntax Tree ==").endsWith("l |  c\n--+---\n3 | 10\n");
        assertThat(answer.err()).contains("Flink job ", "1 row in ");
    }

    @Test
    void aNewTopicIsMadeByItsFirstRowAndAQuietQueryEndsInTime() throws Exception {
        Answer answer = millrace.runProcess("sql", "-o", "json", "--max-time", "15s", "-e", """
                CREATE TABLE kafka.main.fresh (n BIGINT, s STRING) WITH ('topic' = 'fresh');
                SET 'table.dml-sync' = 'true';
                INSERT INTO kafka.main.fresh VALUES (1, 'a'), (2, CAST(NULL AS STRING));
                SELECT * FROM kafka.main.fresh;
                """);

        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("2 rows in ");
        assertThat(answer.out()).isEqualTo("{\"n\":1,\"s\":\"a\"}\n{\"n\":2,\"s\":null}\n");
    }

    @Test
    void anErrorIsShownWhereItStands() throws Exception {
        Path script = Files.writeString(
                folder.resolve("typo.sql"), TICKS + "-- here\nSELECT\n  m\nFROM ticks;\nSELECT 'never';\n");

        Answer answer = millrace.runProcess("sql", "-f", script.toString());

        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(script + ":4:3: ").contains("\n    m\n    ^\n");
    }

    @Test
    void ctrlCCancelsTheQueryAndNotThePrompt() throws Exception {
        try (var prompt = new Prompt(millrace, folder.resolve("prompt.out"))) {
            prompt.type("millrace> ", TICKS.strip() + "\r");
            prompt.type("OK in ", "");
            prompt.type("millrace> ", "SELECT n\r");
            prompt.type("-> ", "FROM ticks;\r");
            prompt.type(" rows · Flink job ", "");
            assertThat(running("sql: SELECT n FROM ticks")).hasSize(1);
            prompt.type("Ctrl-C cancels", "\u0003");
            prompt.type("Cancelled.", "");
            prompt.type("millrace> ", "SELECT 6 * 7 AS answer;\r");
            prompt.type("42", "");
            prompt.type("millrace> ", "unfinished");
            prompt.type("unfinished", "\u0003");
            prompt.type("millrace> ", "\u0004");

            assertThat(prompt.exitCode()).isZero();
        }
        await().atMost(LIMIT).until(() -> running("sql: SELECT n FROM ticks").isEmpty());
    }

    @Test
    void ctrlCEndsAOneShotQueryAndItsFlinkJob() throws Exception {
        Process sql = millrace.start("sql", "-e", TICKS + "SELECT n + 1 FROM ticks");
        await().atMost(LIMIT)
                .until(() -> running("sql: SELECT n + 1 FROM ticks").size() == 1);

        new ProcessBuilder("kill", "-INT", "" + sql.pid()).start().waitFor();

        assertThat(sql.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sql.exitValue()).isEqualTo(130);
        await().atMost(LIMIT)
                .until(() -> running("sql: SELECT n + 1 FROM ticks").isEmpty());
    }

    @Test
    void aJobLivesFromItsFileToItsEnd() throws Exception {
        Path file = jobFile("ticking", "SELECT n FROM ticks");

        assertThat(millrace.runProcess("job", "apply", "-f", file.toString(), "--dry-run")
                        .out())
                .startsWith("ticking: would be created\n");
        assertThat(millrace.runProcess("job", "apply", "-f", file.toString()).out())
                .isEqualTo("ticking: created (version 1)\n");
        Answer started = millrace.runProcess("job", "start", "ticking", "--wait");
        assertThat(started.exit()).as(started.err()).isZero();
        JsonNode job = millrace.runProcess("job", "show", "ticking", "--output", "json")
                .json();
        assertThat(job.path("desired").asText()).isEqualTo("RUNNING");
        assertThat(job.path("observed").asText()).isEqualTo("RUNNING");
        assertThat(job.path("version").asInt()).isEqualTo(1);
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(job.path("flinkJobId").asText()).matches("[0-9a-f]{32}");
        assertThat(job.path("seenAt").asText()).matches("20.*Z");
        assertThat(millrace.runProcess("job", "list", "-o", "json").json().findValuesAsText("name"))
                .contains("ticking");

        jobFile("ticking", "SELECT n * 2 FROM ticks");
        assertThat(millrace.runProcess("job", "apply", "-f", file.toString(), "--dry-run")
                        .out())
                .contains("would be updated", "-INSERT INTO hole SELECT n FROM", "+INSERT INTO hole SELECT n * 2 FROM");
        assertThat(millrace.runProcess("job", "delete", "ticking").exit()).isEqualTo(1);

        Answer stopped = millrace.runProcess("job", "stop", "ticking", "--wait");
        assertThat(stopped.exit()).as(stopped.err()).isZero();
        assertThat(stopped.out()).startsWith("ticking: stopped; the next start goes on from ");
        assertThat(millrace.runProcess("job", "history", "ticking").out()).contains("RUNNING", "STOPPING");
        assertThat(millrace.runProcess("job", "delete", "ticking").exit()).isZero();
        assertThat(millrace.runProcess("job", "show", "ticking").exit()).isEqualTo(1);
    }

    @Test
    void aWrongJobFileIsToldByFileLineAndColumn() throws Exception {
        Path file = jobFile("wrong", "SELECT m FROM ticks");

        Answer answer = millrace.runProcess("job", "apply", "-f", file.toString());

        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).startsWith(file + ":7:25: ");
        assertThat(millrace.runProcess("job", "show", "wrong").exit()).isEqualTo(1);
    }

    private static Path jobFile(String name, String query) throws IOException {
        String front = "---\nname: " + name + "\ncheckpoint: 1 s\n---\n";
        String hole = "CREATE TEMPORARY TABLE hole (n BIGINT) WITH ('connector' = 'blackhole');\n";
        return Files.writeString(
                folder.resolve(name + ".sql"), front + TICKS + hole + "INSERT INTO hole " + query + ";\n");
    }

    /** Asks Flink itself. */
    private List<String> running(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode stack = json.readTree(millrace.home().resolve("stack.json").toFile());
        URI flink =
                URI.create("http://127.0.0.1:" + stack.at("/ports/jobmanager").asInt() + "/jobs/overview");
        List<String> ids = new ArrayList<>();
        for (JsonNode job : json.readTree(flink.toURL()).path("jobs")) {
            if (job.path("name").asText().equals(name)
                    && job.path("state").asText().equals("RUNNING")) {
                ids.add(job.path("jid").asText());
            }
        }
        return ids;
    }

    /** The prompt on a pseudo-terminal, with somebody who types when the screen shows what they wait for. */
    private static final class Prompt implements AutoCloseable {
        private final Process process;
        private final Path screen;
        private int seen;

        Prompt(Millrace millrace, Path screen) throws IOException {
            this.screen = screen;
            this.process = millrace.startOnTerminal(screen, "sql");
        }

        void type(String awaited, String keys) throws IOException {
            await("'" + awaited + "' on the screen").atMost(LIMIT).until(() -> shown().indexOf(awaited, seen) >= 0);
            seen = shown().indexOf(awaited, seen) + awaited.length();
            process.getOutputStream().write(keys.getBytes(UTF_8));
            process.getOutputStream().flush();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        /** Without colours and movements of the cursor. */
        private String shown() throws IOException {
            return new String(Files.readAllBytes(screen), UTF_8)
                    .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                    .replaceAll("\u001b[=>]", "");
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
