package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.console.ServerToken;
import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Connections, tables and who reads them, by command line and SQL. */
@ExtendWith(SharedStack.class)
class CatalogE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private final Millrace millrace;

    CatalogE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    /** The tests of connections are processes of the assembled server's own classes. */
    @Test
    void connectionsAreTriedMadeAndUsed() throws Exception {
        for (String own : List.of("main", "postgres", "warehouse")) {
            Answer tried = millrace.run("catalog", "connections", "test", own);
            assertThat(tried.exit()).as(tried.out() + tried.err()).isZero();
        }
        JsonNode main = new ObjectMapper()
                .readTree(millrace.run("catalog", "connections", "show", "main", "-o", "json")
                        .out());
        Path file = Files.writeString(
                folder.resolve("branch.yaml"),
                "name: branch\nkind: kafka\nfields: {bootstrapServers: ["
                        + main.at("/fields/bootstrapServers/0").textValue() + "], topicPrefixes: [web.]}\n");

        assertThat(millrace.run("catalog", "connections", "create", "-f", file.toString())
                        .out())
                .isEqualTo("branch: made; in SQL it is kafka.branch\n");
        Answer refused = millrace.run("sql", "-e", "CREATE TABLE kafka.branch.t (a INT) WITH ('topic' = 'other')");
        assertThat(refused.err()).contains("does not allow the topic 'other'");
        assertThat(millrace.run("sql", "-e", "CREATE TABLE kafka.branch.t (a INT) WITH ('topic' = 'web.t')")
                        .exit())
                .isZero();
        assertThat(millrace.run("catalog", "connections", "delete", "branch").exit())
                .isEqualTo(1);
        assertThat(millrace.run("sql", "-e", "DROP TABLE kafka.branch.t").exit())
                .isZero();
        assertThat(millrace.run("catalog", "connections", "delete", "branch").out())
                .isEqualTo("branch: deleted\n");
        assertThat(millrace.run("catalog", "connections", "rotate-key", "--new-key")
                        .out())
                .containsPattern("^[0-9]+ secrets? sealed with key k");
    }

    /** Tables are registered, whether or not their stores are there. */
    @Test
    void connectionsAsTheGuideSays() throws Exception {
        Guide guide = Guide.page("connections");
        Path password = Files.writeString(folder.resolve("password"), "unknown");
        connect(guide.connection(Map.of("name: region1", "name: region2")), "--secret-file", "password=" + password);
        connect("{name: sessions, kind: redis, fields: {host: 127.0.0.1}}");
        connect("{name: events, kind: hbase, fields: {zookeeper: ['127.0.0.1:2181']}}");

        List<String> commands = guide.sqlOfCommands();
        sql(commands.get(0).replace("region1", "region2"));
        assertThat(sql("EXPLAIN " + commands.get(1).replace("region1", "region2")))
                .contains("table=[[kafka, region2, clicks]]");
        sql(guide.firstSql());

        assertThat(millrace.run("catalog", "show", "redis.sessions.users").out())
                .startsWith("redis.sessions.users: TABLE")
                .contains("id", "name");
        assertThat(millrace.run("catalog", "show", "hbase.events.clicks").out())
                .startsWith("hbase.events.clicks: TABLE")
                .contains("ROW<`url`");
        assertThat(millrace.run("sql", "-e", "SELECT * FROM redis.sessions.users")
                        .err())
                .contains("redis.sessions.users", "described only");
    }

    @Test
    void listsRefreshesAndFinds() throws Exception {
        sql("""
                CREATE TABLE kafka.main.gauges (pressure DOUBLE) COMMENT 'Of all tanks' WITH ('topic' = 'gauges');
                CREATE TABLE postgres.public.tanks (id BIGINT);""");

        sql("EXPLAIN SELECT * FROM kafka.main.gauges;");
        assertThat(millrace.run("catalog", "list", "kafka").err())
                .as("the broker said hello")
                .doesNotContain("kafka.main");
        assertThat(millrace.run("catalog", "list").out()).contains("kafka", "postgres", "warehouse");
        assertThat(millrace.run("catalog", "list", "kafka.main").out())
                .containsPattern("(?m)^gauges +\\| TABLE +\\| Of all tanks$");
        assertThat(millrace.run("catalog", "refresh", "postgres.public").out())
                .containsPattern("(?m)^[1-9][0-9]* unchanged$");
        assertThat(millrace.run("catalog", "search", "tanks", "PRESSURE").out())
                .containsPattern("(?m)^kafka\\.main\\.gauges +\\| TABLE +\\| pressure +\\| Of all tanks$")
                .doesNotContain("postgres.public.tanks");
    }

    @Test
    void aTableIsMadeAgainFromWhatIsShownOfIt() throws Exception {
        sql("""
                CREATE TABLE kafka.main.readings (
                  sensor BIGINT COMMENT 'its number',
                  seen TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
                  celsius DOUBLE,
                  place ROW<room STRING, `a ``b` INT>,
                  fahrenheit AS celsius * 9 / 5 + 32 COMMENT 'for some',
                  WATERMARK FOR seen AS seen - INTERVAL '5' SECOND,
                  PRIMARY KEY (sensor) NOT ENFORCED)
                COMMENT 'it''s warm'
                WITH ('connector' = 'upsert-kafka', 'topic' = 'readings');""");
        JsonNode before = millrace.run("catalog", "show", "kafka.main.readings", "-o", "json")
                .json();
        Answer shown = millrace.run("catalog", "show", "kafka.main.readings", "--ddl");
        assertThat(shown.out()).contains("'connector' = 'upsert-kafka'");
        assertThat(sql("SHOW CREATE TABLE kafka.main.readings;"))
                .contains(shown.out().strip());
        Path ddl = Files.writeString(folder.resolve("readings.sql"), shown.out());
        assertThat(millrace.run("catalog", "drop", "kafka.main.readings").exit())
                .isZero();

        Answer made = millrace.run("catalog", "create", "--in", "kafka.main", "-f", ddl.toString());

        assertThat(made.exit()).as(made.err()).isZero();
        JsonNode after = millrace.run("catalog", "show", "kafka.main.readings", "-o", "json")
                .json();
        assertThat(after.path("definition")).isEqualTo(before.path("definition"));
        assertThat(after.path("id")).isNotEqualTo(before.path("id"));
        assertThat(millrace.run("catalog", "history", "kafka.main.readings").out())
                .contains("CREATED");
    }

    @Test
    void whoReadsATableIsSaidBeforeAndAfterItIsDropped() throws Exception {
        sql("CREATE TABLE kafka.main.sales (n BIGINT, region STRING) WITH ('topic' = 'sales');");
        Path file = Files.writeString(folder.resolve("selling.sql"), """
                ---
                name: selling
                ---
                CREATE TEMPORARY TABLE hole (n BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO hole SELECT n + 1 FROM kafka.main.sales WHERE region = 'north';
                """);
        Answer applied = millrace.run("job", "apply", "-f", file.toString());
        assertThat(applied.exit()).as(applied.err()).isZero();

        assertThat(impact("kafka.main.sales", "region")).contains("selling", "filter");
        assertThat(millrace.run("catalog", "drop", "kafka.main.sales", "--dry-run")
                        .out())
                .isEqualTo("kafka.main.sales: would be dropped\n  read by job default.selling, version 1\n");
        assertThat(millrace.run("sql", "-e", "ALTER TABLE kafka.main.sales DROP region")
                        .err())
                .contains("read by job 'default.selling'");
        assertThat(notice("/api/v1/catalogs/kafka/databases/main/tables/sales?dryRun=true"))
                .contains("job 'default.selling'");
        assertThat(millrace.run("catalog", "drop", "kafka.main.sales").out()).contains("read by job default.selling");
        assertThat(millrace.run("catalog", "restore", "kafka.main.sales").exit())
                .isZero();
        assertThat(millrace.run("job", "delete", "selling").exit()).isZero();
    }

    @Test
    void whoReadsIsSaidOfViewsAndOfDatabases() throws Exception {
        sql("""
                CREATE DATABASE warehouse.sold;
                CREATE TABLE warehouse.sold.sales (n BIGINT, region STRING) WITH ('format' = 'parquet');
                CREATE VIEW warehouse.`default`.regional AS
                  SELECT n, UPPER(region) AS region FROM warehouse.sold.sales;""");
        Path file = Files.writeString(folder.resolve("counting.sql"), """
                ---
                name: counting
                ---
                CREATE TEMPORARY TABLE hole (n BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO hole SELECT n FROM warehouse.`default`.regional;
                """);
        Answer applied = millrace.run("job", "apply", "-f", file.toString());
        assertThat(applied.exit()).as(applied.err()).isZero();
        await().atMost(LIMIT).until(() -> impact("warehouse.sold.sales").contains("regional"));

        assertThat(impact("warehouse.default.regional", "n")).contains("counting");
        assertThat(impact("warehouse.sold.sales", "n")).contains("counting", "regional");
        assertThat(impact("warehouse.sold.sales", "region"))
                .contains("regional")
                .doesNotContain("counting");
        assertThat(millrace.run("sql", "-e", "ALTER TABLE warehouse.sold.sales RENAME region TO place")
                        .err())
                .contains("Column 'region' of 'warehouse.sold.sales' is read by view 'warehouse.default.regional'");
        assertThat(impact("warehouse.sold.sales", "place")).contains("regional");
        assertThat(millrace.run("sql", "-e", "DROP VIEW warehouse.`default`.regional")
                        .err())
                .contains("View 'warehouse.default.regional' is read by job 'default.counting'");
        assertThat(millrace.run("sql", "-e", "DROP DATABASE warehouse.sold CASCADE")
                        .err())
                .contains("What is in database 'warehouse.sold' is read by job 'default.counting'");
        assertThat(millrace.run("job", "delete", "counting").exit()).isZero();
    }

    /** What the API says besides its answer when something would be deleted. */
    private String notice(String path) throws Exception {
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create(ui).resolve(path))
                .header(
                        "Authorization",
                        "Bearer " + ServerToken.ofStack(millrace.home()).orElseThrow())
                .header("If-Match", "*")
                .DELETE()
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(204);
        return URLDecoder.decode(answer.headers().firstValue("Millrace-Notice").orElse(""), UTF_8);
    }

    private void connect(String connection, String... secrets) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "connection", ".yaml"), connection);
        Answer made = millrace.run(
                Stream.concat(Stream.of("catalog", "connections", "create", "-f", file.toString()), Stream.of(secrets))
                        .toArray(String[]::new));
        assertThat(made.exit()).as(made.err()).isZero();
    }

    private String sql(String script) throws Exception {
        Answer answer = millrace.run("sql", "-e", script);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    private String impact(String... of) throws Exception {
        return millrace.run(Stream.concat(Stream.of("lineage", "impact"), Stream.of(of))
                        .toArray(String[]::new))
                .out();
    }
}
