package io.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Each command against a server that answers by hand-written records. */
class FunctionsCommandTest {
    private static final String FUNCTIONS = "/catalogs/kafka/databases/main/functions";
    private static final String HOST = """
            {"id": "7c1e", "version": 2, "catalog": "kafka", "database": "main", "name": "host",
             "className": "com.example.Host", "ddl": "CREATE FUNCTION host"}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsFunctions() {
        server.on("GET " + FUNCTIONS, "{\"items\": [" + HOST + "]}");
        server.on("GET " + FUNCTIONS + "/host", HOST);

        assertThat(run("list", "kafka.main").out()).isEqualTo("""
                function | class            | version
                ---------+------------------+--------
                host     | com.example.Host | 2
                """);
        assertThat(run("show", "kafka.main.host").out())
                .isEqualTo("kafka.main.host: class com.example.Host, version 2\n");
        assertThat(run("show", "kafka.main.host", "--ddl").out()).isEqualTo("CREATE FUNCTION host\n");
        assertThat(run("list", "kafka").exitCode()).isEqualTo(2);
        assertThat(run("show", "host").err()).contains("'host' is not CATALOG.DATABASE.FUNCTION");
    }

    @Test
    void createsAndAltersFunctions() {
        server.on("POST " + FUNCTIONS, 201, HOST);
        server.on("PATCH " + FUNCTIONS + "/host", HOST);

        assertThat(run("create", "kafka.main.Host", "--class", "com.example.Host")
                        .out())
                .isEqualTo("kafka.main.host: created\n");
        assertThat(run("create", "kafka.main.host", "--class", "a.B", "--dry-run")
                        .out())
                .isEqualTo("nothing is wrong with the function\n");
        server.noticing("Function is called.");
        assertThat(run("alter", "kafka.main.host", "--class", "a.B").out())
                .isEqualTo("kafka.main.host: class a.B\nFunction is called.\n");
        assertThat(server.requests())
                .containsExactly(
                        "POST " + FUNCTIONS + " {\"name\":\"Host\",\"className\":\"com.example.Host\"}",
                        "POST " + FUNCTIONS + "?dryRun=true {\"name\":\"host\",\"className\":\"a.B\"}",
                        "PATCH " + FUNCTIONS + "/host {\"className\":\"a.B\"}");
    }

    @Test
    void dropsAFunctionAndBringsItBack() {
        String dropped = "/catalogs/kafka/databases/main/dropped-functions";
        server.noticing("Function 'kafka.main.host' is called by job 'load'.");
        server.on("DELETE " + FUNCTIONS + "/host", "");
        server.on("GET " + dropped, """
                {"items": [{"id": "b", "name": "host", "className": "com.example.Host", "author": "local",
                 "droppedAt": "2026-03-01T12:00:00Z", "summary": "dropped"}]}
                """);
        server.on("POST " + dropped + "/b/restorations", 201, HOST);

        assertThat(run("drop", "kafka.main.host", "--dry-run").out()).startsWith("kafka.main.host: would be dropped\n");
        assertThat(run("drop", "kafka.main.host").out())
                .isEqualTo("kafka.main.host: dropped\nFunction 'kafka.main.host' is called by job 'load'.\n");
        assertThat(run("list", "kafka.main", "--dropped").out()).contains("2026-03-01T12:00:00Z | local");
        assertThat(run("restore", "kafka.main.HOST", "--as", "old").out())
                .isEqualTo("kafka.main.host: restored (version 2)\n");
        assertThat(server.requests()).last().asString().endsWith("/b/restorations {\"name\":\"old\"}");
        assertThat(run("restore", "kafka.main.other").err()).contains("No function 'kafka.main.other' was dropped");
    }

    @Test
    void showsTheHistoryOfAFunction() {
        server.on("GET " + FUNCTIONS + "/host/versions", """
                {"items": [{"version": 1, "name": "host", "className": "com.example.Host", "cause": "CREATED",
                 "author": "local", "summary": "created", "at": "2026-03-01T12:00:00Z", "ddl": "x"}]}
                """);

        assertThat(run("history", "kafka.main.host").out()).isEqualTo("""
                version | at                   | cause   | author | what
                --------+----------------------+---------+--------+--------
                      1 | 2026-03-01T12:00:00Z | CREATED | local  | created
                """);
    }

    private Run.Result run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "catalog";
        all[1] = "functions";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.in(folder).with(server).run(all);
    }
}
