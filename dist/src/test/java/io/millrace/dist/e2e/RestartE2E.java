package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestIcebergRest;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is there again after a restart of everything. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartE2E {
    private static final String BATCH = "SET 'execution.runtime-mode' = 'batch'; SET 'table.dml-sync' = 'true'; ";

    /** Its number grows when tests before this one made it end. */
    private static final String TASK_MANAGER = "local-\\d+  ";

    @TempDir
    private static Path folder;

    private final Millrace millrace;
    private final Path files;
    private final TestIcebergRest iceberg;

    RestartE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        files = Files.createDirectories(millrace.home().resolve("data/files/rest"));
        iceberg = TestIcebergRest.start(files);
    }

    @BeforeAll
    void restart() throws Exception {
        makeATable();
        aJobFailsBesideAnother();

        ok("down");
        ok("up");
    }

    /** Until its log is kept; then its TaskManager is killed. */
    private void aJobFailsBesideAnother() throws Exception {
        apply("logged", "-100", "SELECT 100 / id");
        apply("beside", "1", "SELECT id");
        for (String job : List.of("logged", "beside")) {
            await("the log of " + job + " is kept")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(logs(job, "-q", job.equals("logged") ? "/ by zero" : "RUNNING"))
                            .containsPattern(TASK_MANAGER));
        }
        for (JsonNode process :
                Json.lenient().readTree(ok("status", "--output", "json")).path("processes")) {
            if (process.path("name").asText().equals("taskmanager")) {
                assertThat(ProcessHandle.of(process.path("pid").asLong())
                                .orElseThrow()
                                .destroyForcibly())
                        .isTrue();
            }
        }
    }

    private void apply(String job, String first, String select) throws Exception {
        Path file = Files.writeString(folder.resolve(job + ".sql"), """
                ---
                name: %s
                ---
                CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.id.kind' = 'sequence', 'fields.id.start' = '%s', 'fields.id.end' = '1000000');
                CREATE TEMPORARY TABLE sink (id BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO sink %s FROM source;
                """.formatted(job, first, select));
        ok("job", "apply", "-f", file.toString(), "--start");
    }

    private String logs(String job, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("job", "logs", job));
        command.addAll(List.of(more));
        return ok(command.toArray(String[]::new));
    }

    @Test
    void theLogsOfAnAttemptAreStillThere() throws Exception {
        String first = attempts("logged") + "00000001";

        assertThat(logs("logged", "--attempt", "1", "-q", "/ by zero"))
                .contains(first, "java.lang.ArithmeticException: / by zero")
                .containsPattern(TASK_MANAGER);
        assertThat(logs("logged", "--level", "WARN")).containsPattern(TASK_MANAGER + ".* to FAILED");
        assertThat(logs("logged")).contains("jobmanager  ", first).doesNotContain(attempts("beside"));
        ok("job", "stop", "logged");
        ok("job", "stop", "beside");
    }

    /** What the JobIDs of all attempts of a job begin with. */
    private String attempts(String job) throws Exception {
        String newest = Json.lenient()
                .readTree(ok("job", "show", job, "-o", "json"))
                .path("flinkJobId")
                .asText();
        return newest.substring(0, 24);
    }

    @AfterAll
    void stop() {
        iceberg.close();
    }

    private void makeATable() throws Exception {
        Path connection = Files.writeString(folder.resolve("rest.yaml"), """
                name: rest
                kind: iceberg
                fields: {catalogType: rest, uri: "%s", files: "%s"}
                """.formatted(iceberg.uri(), files.toUri()));
        ok("catalog", "connections", "create", "-f", connection.toString());
        sql("CREATE DATABASE rest.shop; CREATE TABLE rest.shop.sold (id BIGINT, note STRING);"
                + " INSERT INTO rest.shop.sold VALUES (1, 'a');"
                + " CREATE FUNCTION kafka.main.kept AS 'io.millrace.flink.functions.UrlHost'");
    }

    @Test
    void aFunctionIsStillThere() throws Exception {
        assertThat(sql("SELECT kafka.main.kept('https://www.Example.com/a') AS h"))
                .isEqualTo("{\"h\":\"www.example.com\"}\n");
    }

    @Test
    void aTableOfAnIcebergServerIsChangedAndRead() throws Exception {
        sql("ALTER TABLE rest.shop.sold RENAME note TO remark; ALTER TABLE rest.shop.sold ADD amount INT;"
                + " INSERT INTO rest.shop.sold VALUES (2, 'b', 20)");

        assertThat(sql("SELECT remark, amount FROM rest.shop.sold ORDER BY id"))
                .isEqualTo("{\"remark\":\"a\",\"amount\":null}\n{\"remark\":\"b\",\"amount\":20}\n");
        try (RESTCatalog catalog = new RESTCatalog()) {
            catalog.initialize(
                    "theirs", Map.of("uri", iceberg.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
            assertThat(StoresE2E.records(catalog, "shop", "sold"))
                    .containsExactlyInAnyOrder("Record(1, a, null)", "Record(2, b, 20)");
            assertThat(catalog.loadTable(TableIdentifier.of("shop", "sold"))
                            .schema()
                            .findField("remark")
                            .fieldId())
                    .as("id of the renamed column")
                    .isEqualTo(2);
            sql("DROP TABLE rest.shop.sold");
            assertThat(catalog.tableExists(TableIdentifier.of("shop", "sold"))).isFalse();
        }
    }

    private String sql(String script) throws Exception {
        return ok("sql", "-o", "json", "-e", BATCH + script);
    }

    private String ok(String... command) throws Exception {
        Answer answer = millrace.run(command);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        return answer.out();
    }
}
