package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Flink's own SQL client and JDBC driver, as they are released, in front of the assembled stack. */
@ExtendWith(SharedStack.class)
class FlinkClientsE2E {
    private static final Path CLIENTS = Path.of(System.getProperty("millrace.flink-clients"));
    private static final Path FLINK = Path.of(System.getProperty("millrace.distribution"), "flink");

    /** What a Flink that was just unpacked is configured with, and what its clients therefore send. */
    private static final String UNPACKED = """
            env: {java: {opts: {all: '--add-exports=java.base/sun.net.util=ALL-UNNAMED'}}}
            jobmanager:
              bind-host: localhost
              rpc: {address: localhost, port: 6123}
              memory: {process: {size: 1600m}}
              execution: {failover-strategy: region}
            taskmanager:
              bind-host: localhost
              host: localhost
              numberOfTaskSlots: 1
              memory: {process: {size: 1728m}}
            parallelism: {default: 1}
            rest: {address: localhost, bind-address: localhost}
            """;

    private static final String AMOUNTS = "CREATE TEMPORARY TABLE amounts (amount INT) WITH ('connector' = 'datagen')";

    @TempDir
    private Path folder;

    private final Millrace millrace;
    private URI server = URI.create("http://unknown");
    private String token = "";

    FlinkClientsE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @BeforeEach
    void signIn() throws Exception {
        server = URI.create(
                millrace.run("status", "--output", "json").json().path("ui").textValue());
        token = Files.readString(millrace.home().resolve("secrets/local.token")).strip();
    }

    @Test
    void theSqlClientDoesWhatThePromptDoes() throws Exception {
        String said = sqlClient("""
                SET 'sql-client.execution.result-mode' = 'tableau';
                CREATE TABLE kafka.main.of_client (id INT, name STRING, amount DECIMAL(9, 2), ts TIMESTAMP(3))
                  WITH ('topic' = 'of-client');
                SHOW TABLES FROM kafka.main LIKE 'of_cl%';
                SET 'table.dml-sync' = 'true';
                INSERT INTO kafka.main.of_client VALUES (1, 'a', 1.50, TIMESTAMP '2026-01-02 03:04:05.678');
                BEGIN STATEMENT SET;
                INSERT INTO kafka.main.of_client SELECT 2, CAST(NULL AS STRING), 2, CAST(NULL AS TIMESTAMP(3));
                INSERT INTO kafka.main.of_client SELECT 3, 'c', 3, TIMESTAMP '2026-01-02 03:04:05.678';
                END;
                SELECT * FROM kafka.main.of_client /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */ ORDER BY id;
                SELECT TRUE AS b, ARRAY[1, 2] AS l, ROW(1, 'x') AS r, MAP['k', 1] AS m, CAST('ab' AS BYTES) AS y;
                CREATE TEMPORARY TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '2');
                SET 'execution.runtime-mode' = 'streaming';
                SELECT COUNT(*) AS c FROM ticks;
                DROP TABLE kafka.main.of_client;
                """);

        assertThat(said.replaceAll(" +", " "))
                .doesNotContain("ERROR")
                .contains("| of_client |")
                .contains("| +I | 1 | a | 1.50 | 2026-01-02 03:04:05.678 |")
                .contains("| +I | 2 | <NULL> | 2.00 | <NULL> |")
                .contains("| +I | 3 | c | 3.00 | 2026-01-02 03:04:05.678 |")
                .contains("| +I | TRUE | [1, 2] | (1, x) | {k=1} | x'6162' |")
                .containsSubsequence("| +I | 1 |", "| -U | 1 |", "| +U | 2 |");
    }

    @Test
    void theSqlClientSaysWhyAStatementIsRefused() throws Exception {
        assertThat(sqlClient(AMOUNTS + ";\nSELECT amout FROM amounts;"))
                .contains("[Column 'amout' not found in any table (Did you mean 'amount'?)]");
        assertThat(sqlClient("ADD JAR '/tmp/x.jar';")).contains("[ADD JAR is not run here. ");
        assertThat(sqlClient("SET 'pipeline.jars' = '/tmp/x.jar';"))
                .contains("'pipeline.jars' belongs to the platform");
        assertThat(sqlClient("SELECT 1;", "-Dpipeline.jars=/tmp/x.jar"))
                .contains("'pipeline.jars' belongs to the platform");

        token = "mlr_wrong";
        assertThat(sqlClient("SELECT 1;")).contains("Sign in first: set the environment variable");
    }

    @Test
    void theJdbcDriverReadsTypesAndMetadata() throws Exception {
        String said = jdbc(
                "/kafka/main?table.local-time-zone=Asia/Tokyo",
                "METADATA",
                "CREATE TABLE of_driver (id INT) WITH ('topic' = 'of-driver')",
                "SHOW TABLES LIKE 'of_d%'",
                "INSERT INTO of_driver VALUES (1)",
                "SELECT 1 AS i, CAST(2 AS BIGINT) AS l, TRUE AS b, 'a' AS s, CAST(1.5 AS DECIMAL(9, 2)) AS d,"
                        + " CAST(NULL AS INT) AS z, MAP['k', 1] AS m, MAP[1, 'v'] AS n, CAST(0.5 AS DOUBLE) AS f",
                "SELECT DATE '2026-01-02' AS d, TIME '03:04:05' AS t, TIMESTAMP '2026-01-02 03:04:05.678' AS ts,"
                        + " TO_TIMESTAMP_LTZ(0, 3) AS tz",
                "DROP TABLE of_driver",
                AMOUNTS,
                "SELECT amout FROM amounts");

        assertThat(said.lines())
                .contains("String:kafka", "String:main String:kafka", "String:of_driver")
                .contains("Integer:1 Long:2 Boolean:true String:a BigDecimal:1.50 null HashMap:{k=1} String:{1=v}"
                        + " Double:0.5")
                .contains("Date:2026-01-02 Time:03:04:05 Timestamp:2026-01-02 03:04:05.678"
                        + " Timestamp:1970-01-01 09:00:00.0")
                .anyMatch(line -> line.matches("String:[0-9a-f]{32}")) // the job of the INSERT
                .last()
                .isEqualTo("FAILED [Column 'amout' not found in any table (Did you mean 'amount'?)]");
    }

    @Test
    void theJdbcDriverGetsAllRowsOrAnError() throws Exception {
        String rows = "CREATE TEMPORARY TABLE n (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',"
                + " 'fields.n.start' = '1', 'fields.n.end' = '%d')";

        assertThat(jdbc("", rows.formatted(2_500), "SELECT n FROM n").lines().filter(line -> line.startsWith("Long:")))
                .hasSize(2_500)
                .doesNotHaveDuplicates();
        assertThat(jdbc("", rows.formatted(100_001), "SELECT n FROM n")
                        .lines()
                        .filter(line -> line.matches("(Long:|FAILED ).*")))
                .hasSize(100_001)
                .last()
                .asString()
                .startsWith("FAILED [Stopped after 100000 rows");
        assertThat(jdbc("?rest.url-prefix=/x/")).contains("'rest.url-prefix' belongs to the platform");
        token = "mlr_wrong";
        assertThat(jdbc("")).contains("FAILED [Sign in first");
    }

    @Test
    void bothHoldAUserToItsGrants() throws Exception {
        ok("sql", "-e", """
                CREATE TABLE kafka.main.told (id INT) WITH ('topic' = 'told-to-otto');
                CREATE TABLE kafka.main.untold (id INT) WITH ('topic' = 'untold');
                SET 'table.dml-sync' = 'true';
                INSERT INTO kafka.main.told VALUES (7);
                """);
        ok("access", "users", "create", "otto");
        ok("sql", "-e", "GRANT READ ON kafka.main.told TO otto");
        token = ok("access", "tokens", "create", "clients", "--user", "otto").strip();
        String bounded = " /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */";

        String allowed = sqlClient("SET 'sql-client.execution.result-mode' = 'tableau';\n"
                + "SELECT id FROM kafka.main.told" + bounded + ";\nINSERT INTO kafka.main.told VALUES (8);");
        assertThat(allowed.replaceAll(" +", " "))
                .contains("| 7 |")
                .contains("This takes WRITE on table 'kafka.main.told', and 'otto' does not have it.");
        assertThat(sqlClient("SELECT id FROM kafka.main.untold;"))
                .contains("[Object 'untold' not found within 'kafka.main' (Did you mean 'told'?)]");
        assertThat(jdbc("/kafka/main", "SELECT id FROM told" + bounded, "INSERT INTO told VALUES (8)")
                        .lines())
                .contains("Integer:7")
                .last()
                .asString()
                .contains("FAILED", "WRITE on table 'kafka.main.told'");
        String absent = jdbc("/kafka/main", "SHOW TABLES", "SELECT id FROM untold");
        assertThat(absent)
                .contains("String:told", "FAILED [Object 'untold' not found (Did you mean 'told'?)]")
                .doesNotContain("String:untold");
    }

    private String ok(String... arguments) throws Exception {
        Millrace.Answer answer = millrace.run(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    @Test
    void anEndlessQueryIsReadInPagesUntilItIsCancelled() throws Exception {
        String session = "/v3/sessions/"
                + call("POST", "/v3/sessions", "{}").path("sessionHandle").textValue();
        execute(session, "CREATE TEMPORARY TABLE ticks (n BIGINT) WITH ('connector' = 'datagen')");
        String query = execute(session, "SELECT n FROM ticks");

        String next = query + "/result/0";
        int rows = 0;
        while (rows < 2_000) {
            JsonNode page = call("GET", next, "");
            assertThat(page.path("resultType").textValue()).as(page.toString()).isIn("NOT_READY", "PAYLOAD");
            rows += page.at("/results/data").size();
            next = page.path("nextResultUri").textValue();
        }

        assertThat(call("GET", query + "/status", "").path("status").textValue())
                .isEqualTo("RUNNING");
        assertThat(call("POST", query + "/cancel", "{}").path("status").textValue())
                .isEqualTo("CANCELED");
        assertThat(call("DELETE", query + "/close", "{}").path("status").textValue())
                .isEqualTo("CLOSED");
        assertThat(call("DELETE", session, "{}").path("status").textValue()).isEqualTo("CLOSED");
    }

    private String execute(String session, String sql) throws Exception {
        String body =
                new ObjectMapper().createObjectNode().put("statement", sql).toString();
        return session + "/operations/"
                + call("POST", session + "/statements", body)
                        .path("operationHandle")
                        .textValue();
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer);
    }

    private String sqlClient(String script, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("script.sql"), script);
        List<String> line = new ArrayList<>(List.of(
                "org.apache.flink.table.client.SqlClient",
                "gateway",
                "--endpoint",
                server.getAuthority(),
                "--history",
                folder.resolve("history").toString(),
                "--file",
                file.toString()));
        line.addAll(List.of(more));
        return java(
                List.of(
                        jar(CLIENTS, "flink-sql-client-"),
                        FLINK.resolve("lib") + "/*",
                        jar(FLINK.resolve("gateway-lib"), "flink-sql-gateway-")),
                line);
    }

    private String jdbc(String path, String... statements) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(JdbcProgram.class.getName(), "jdbc:flink://" + server.getAuthority() + path));
        line.addAll(List.of(statements));
        Path ours = Path.of(JdbcProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return java(
                List.of(
                        ours.toString(),
                        jar(CLIENTS, "flink-sql-jdbc-driver-bundle-"),
                        jar(FLINK.resolve("lib"), "slf4j-api-")),
                line);
    }

    private static String jar(Path folder, String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    /** What a program said on both streams until its end. */
    private String java(List<String> classPath, List<String> line) throws Exception {
        Files.writeString(folder.resolve("config.yaml"), UNPACKED);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                String.join(File.pathSeparator, classPath)));
        command.addAll(line);
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.toString());
        builder.environment().put("FLINK_REST_CLIENT_HEADERS", "Authorization:Bearer " + token);
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(line + " did not end; it said " + Files.readString(out));
        }
        return Files.readString(out);
    }
}
