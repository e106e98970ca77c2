package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;

/** What is there again after a restart of everything. One restart is enough for all of it. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartE2E {
    private static final String BATCH = "SET 'execution.runtime-mode' = 'batch'; SET 'table.dml-sync' = 'true'; ";
    private static final String QUERY = "SELECT kafka.main.host('https://www.Example.com/a') AS h";

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
        makeAFunction();
        startAndStopAJob();

        ok("down");
        ok("up");
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
                + " INSERT INTO rest.shop.sold VALUES (1, 'a')");
    }

    private void makeAFunction() throws Exception {
        ok("sql", "-e", "CREATE FUNCTION kafka.main.Host AS 'io.millrace.flink.functions.UrlHost'");

        assertThat(millrace.run("catalog", "functions", "create", "kafka.main.g", "--class", "com.example.Missing")
                        .err())
                .contains("'com.example.Missing' is not on Flink's class path");
        assertThat(millrace.run("catalog", "functions", "create", "kafka.main.HOST", "--class", "a.B")
                        .err())
                .contains("There is a function 'kafka.main.host' already");
        assertThat(ok("sql", "-o", "csv", "-e", QUERY)).isEqualTo("h\nwww.example.com\n");
        assertThat(ok("sql", "-o", "csv", "-e", "USE kafka.main; SHOW USER FUNCTIONS"))
                .contains("host");
    }

    private void startAndStopAJob() throws Exception {
        Path file = Files.writeString(folder.resolve("hosts.sql"), """
                ---
                name: hosts
                ---
                CREATE TEMPORARY TABLE urls (url STRING) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
                CREATE TEMPORARY TABLE hole (host STRING) WITH ('connector' = 'blackhole');
                INSERT INTO hole SELECT kafka.main.host(url) FROM urls;
                """);
        ok("job", "apply", "-f", file.toString());
        ok("job", "start", "hosts", "--wait");
        ok("job", "stop", "hosts", "--wait");
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

    @Test
    void aFunctionIsCalledByAJobDroppedAndRestored() throws Exception {
        String callers = "\nFunction 'kafka.main.host' is called by job 'hosts'; what runs goes on";

        assertThat(ok("sql", "-o", "csv", "-e", QUERY)).isEqualTo("h\nwww.example.com\n");
        ok("job", "start", "hosts", "--wait");

        assertThat(ok("catalog", "functions", "drop", "kafka.main.host", "--dry-run"))
                .startsWith("kafka.main.host: would be dropped" + callers);
        Answer dropped = millrace.run("sql", "-e", "DROP FUNCTION kafka.main.host");
        assertThat(dropped.err()).contains("is called by job 'hosts'");
        assertThat(millrace.run("sql", "-e", QUERY).err()).contains("host");

        assertThat(ok("catalog", "functions", "restore", "kafka.main.host"))
                .isEqualTo("kafka.main.host: restored (version 3)\n");
        assertThat(ok("sql", "-o", "csv", "-e", QUERY)).isEqualTo("h\nwww.example.com\n");
        assertThat(ok("catalog", "functions", "history", "kafka.main.host")).contains("CREATED", "DROPPED", "RESTORED");
        ok("job", "stop", "hosts", "--wait");
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
