package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.NewConnection;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.cli.console.ServerToken;
import io.millrace.testkit.TestMariaDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Secrets of connections, looked for wherever the stack writes or answers something. */
@ExtendWith(SharedStack.class)
class CanaryE2E {
    private static final String JOB = "canary-job";
    private static final String RUNNING = "canary-running";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Canary canary = new Canary();
    private final List<String> seen = new ArrayList<>();
    private final Millrace millrace;
    private final MillraceClient server;
    private final Properties settings = new Properties();
    private final FileTime begin = FileTime.from(Instant.now());
    private final URI root;
    private final String token;

    CanaryE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        this.token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.root = URI.create(ui).resolve("/");
        this.server = MillraceClient.at(root).withToken(() -> token);
        try (var reader = Files.newBufferedReader(millrace.home().resolve("conf/server/application.properties"))) {
            settings.load(reader);
        }
    }

    @Test
    void noSecretOfAConnectionIsSeen() throws Exception {
        try (TestMariaDb mariaDb = TestMariaDb.start()) {
            mariaDb.database("shop");
            mariaDb.execute(
                    "CREATE TABLE shop.goods (id int PRIMARY KEY, name varchar(20))",
                    "INSERT INTO shop.goods VALUES (1, 'told')",
                    "CREATE USER canary IDENTIFIED BY '" + canary.text + "'",
                    "GRANT ALL ON shop.* TO canary");
            connections(mariaDb.port());
            statements();
            aJob();
            aJobThatRuns();
            pages();

            assertThat(seen).as("answers").isNotEmpty().noneMatch(canary::isIn);
            assertThat(everywhereInFlink()).as("Flink's REST API").noneMatch(canary::isIn);
            assertThat(processes()).as("command lines and environments").noneMatch(canary::isIn);
            assertThat(canary.filesWithIt(millrace.home(), Integer.MAX_VALUE, FileTime.fromMillis(0)))
                    .as("files")
                    .isEmpty();
            for (String shared : List.of("/tmp", "/var/tmp", "/dev/shm")) {
                assertThat(canary.filesWithIt(Path.of(shared), 4, begin))
                        .as(shared)
                        .isEmpty();
            }
        } finally {
            millrace.run("job", "stop", RUNNING, "--no-savepoint", "--wait");
            millrace.run("job", "delete", JOB, RUNNING);
            millrace.run("sql", "-e", "DROP TABLE IF EXISTS kafka.canary.told");
            server.connections().delete("canary", notice -> {});
            server.connections().delete("canary_crm", notice -> {});
            server.connections().delete("canary_shop", notice -> {});
        }
    }

    private void connections(int mysql) {
        String kafka = settings.getProperty("millrace.catalog.kafka.bootstrap-servers");
        create(
                "canary",
                "kafka",
                Map.of(
                        "bootstrapServers", List.of(kafka.replaceFirst(".*:", "127.0.0.1:")),
                        "securityProtocol", "SASL_PLAINTEXT",
                        "saslMechanism", "PLAIN",
                        "username", "app"));
        int postgres = Integer.parseInt(settings.getProperty("millrace.catalog.postgres.port"));
        create(
                "canary_crm",
                "postgres",
                Map.of("host", "127.0.0.1", "port", postgres, "database", "data", "username", "data"));
        create(
                "canary_shop",
                "mysql",
                Map.of("host", "127.0.0.1", "port", mysql, "username", "canary", "tls", "disable"));
        assertThat(server.connections().test("canary_shop").ok())
                .as("the password is right")
                .isTrue();
        seen.add(server.connections().get("canary").toString());
        seen.add(server.connections().changes("canary").toString());
        seen.add(server.connections().test("canary_crm").toString());
    }

    private void create(String name, String kind, Map<String, Object> fields) {
        var wanted = new NewConnection(name, kind, fields, Map.of("password", canary.text), null);
        server.connections().create(wanted, false);
    }

    private void statements() {
        String session = server.sql().open(new NewSqlSession(null, null, null)).id();
        for (String statement : List.of(
                "CREATE TABLE kafka.canary.told (s STRING) WITH ('topic' = 'told', 'format' = 'csv')",
                "SHOW CREATE TABLE kafka.canary.told",
                "DESCRIBE EXTENDED kafka.canary.told",
                "SHOW DATABASES IN kafka",
                "SET",
                "EXPLAIN SELECT * FROM kafka.canary.told",
                "EXPLAIN PLAN_ADVICE, JSON_EXECUTION_PLAN INSERT INTO kafka.canary.told SELECT * FROM kafka.canary.told",
                "SELECT * FROM kafka.canary.told /*+ OPTIONS('scan.nope'='x') */",
                "SELECT * FROM kafka.canary.told /*+ OPTIONS('topic'='x') */",
                "CREATE TEMPORARY TABLE copy LIKE kafka.canary.told",
                "SHOW CREATE TABLE copy",
                "SELECT nope FROM kafka.canary.told",
                "SELECT * FROM canary_shop.shop.goods",
                "SHOW CREATE TABLE canary_shop.shop.goods",
                "EXPLAIN PLAN_ADVICE, JSON_EXECUTION_PLAN SELECT * FROM canary_shop.shop.goods",
                "SHOW TABLES IN canary_crm.`public`",
                "SELECT * FROM canary_crm.`public`.nothing")) {
            String id = server.sql()
                    .run(session, new NewSqlStatement(statement, 10, 20))
                    .id();
            seen.add(statement + ": " + server.sql().rows(session, id, null, 100, 10_000));
        }
        // The broker knows no passwords, so this ends at its limit or fails.
        String id = server.sql()
                .run(session, new NewSqlStatement("SELECT * FROM kafka.canary.told", 10, 5))
                .id();
        seen.add(server.sql().rows(session, id, null, 100, 10_000).toString());
        seen.add(server.sql()
                .analyse(new NewAnalysis(
                        "INSERT INTO kafka.canary.told SELECT * FROM kafka.canary.told", null, null, null))
                .toString());
        server.sql().close(session);
    }

    private void aJob() throws Exception {
        Path file = Files.writeString(
                Files.createTempFile("canary", ".sql"),
                "---\nname: " + JOB + "\n---\nINSERT INTO kafka.canary.told SELECT * FROM kafka.canary.told\n");
        run("job", "apply", "-f", file.toString());
        run("job", "start", JOB);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> flink("/jobs/overview").contains(JOB));
        bundle();
        JobAttemptView failed = server.jobs().attempt(JOB, 1);
        assertThat(failed.failure()).as("why it failed").isNotNull();
        seen.add(failed.toString());
        seen.add(server.jobs().events(JOB, 100, null).toString());
        await("its log is kept")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> millrace.run("job", "logs", JOB).out().contains("jobmanager  "));
        for (String[] command : new String[][] {
            {"job", "show", JOB, "-o", "json"},
            {"job", "history", JOB},
            {"job", "why", JOB},
            {"job", "logs", JOB},
            {"lineage", "show", "kafka.canary.told"},
            {"catalog", "history", "kafka.canary.told"},
            {"catalog", "show", "kafka.canary.told"},
            {"access", "activity", "-o", "jsonl"},
            {"status", "-o", "json"}
        }) {
            run(command);
        }
        Files.delete(file);
    }

    /** It has the password at work, and writes checkpoints. */
    private void aJobThatRuns() throws Exception {
        Path file = Files.writeString(
                millrace.home().resolve("canary-running.sql"),
                "---\nname: " + RUNNING + "\ncheckpoint: 1 s\n---\n"
                        + "CREATE TEMPORARY TABLE ids (id INT, p AS PROCTIME()) WITH ('connector' = 'datagen',"
                        + " 'rows-per-second' = '10');\n"
                        + "CREATE TEMPORARY TABLE names (name STRING) WITH ('connector' = 'blackhole');\n"
                        + "INSERT INTO names SELECT g.name FROM ids LEFT JOIN canary_shop.shop.goods"
                        + " FOR SYSTEM_TIME AS OF ids.p AS g ON ids.id = g.id\n");
        run("job", "apply", "-f", file.toString(), "--start", "--wait");
        String id = server.jobs().attempt(RUNNING, 1).flinkJobId();
        await("a checkpoint")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Json.lenient()
                                .readTree(flink("/jobs/" + id + "/checkpoints"))
                                .at("/counts/completed")
                                .asInt()
                        > 0);
        Files.delete(file);
    }

    /** What the console is and asks, and what those who watch the server ask. */
    private void pages() throws Exception {
        String jobs = "/api/v1/workspaces/default/jobs/";
        for (String page : List.of(
                "/",
                "/jobs",
                "/api/v1/catalogs",
                "/api/v1/catalog-search?q=goods",
                "/api/v1/catalogs/kafka/databases/canary/tables/told",
                "/api/v1/catalogs/kafka/databases/canary/tables/told/versions",
                "/api/v1/catalogs/canary_shop/databases/shop/tables",
                "/api/v1/catalogs/canary_shop/databases/shop/tables/goods",
                "/api/v1/lineage/tables/canary_shop/shop/goods",
                "/api/v1/connections",
                "/api/v1/connections/canary_shop",
                "/api/v1/connections/canary_shop/changes",
                "/api/v1/jobs?q=canary",
                jobs + JOB + "/attempts/1",
                jobs + JOB + "/logs/text",
                jobs + RUNNING,
                jobs + RUNNING + "/versions",
                jobs + RUNNING + "/attempts",
                jobs + RUNNING + "/events",
                jobs + RUNNING + "/logs/text",
                jobs + RUNNING + "/snapshots",
                "/api/v1/activity",
                "/api/v1/targets")) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(root.resolve(page))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            seen.add(page + ": " + answer.body());
        }
    }

    /** The broker knows no passwords, so the job fails, and what its cluster knows of that is saved. */
    private void bundle() throws Exception {
        Path file = millrace.home().resolve("canary-bundle.zip");
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> millrace.run("job", "bundle", JOB, "-o", file.toString())
                                .exit()
                        == 0);
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                seen.add(new String(zip.readAllBytes(), ISO_8859_1));
            }
            assertThat(names).contains("exception.txt", "cluster-settings.json", "logs/jobmanager.log");
        }
        Files.delete(file);
    }

    private void run(String... command) throws Exception {
        Millrace.Answer answer = millrace.run(command);
        seen.add(answer.out() + answer.err());
    }

    private List<String> everywhereInFlink() throws Exception {
        List<String> pages = new ArrayList<>();
        for (String page : List.of("/config", "/jobs/overview", "/jobmanager/config", "/jobmanager/environment")) {
            pages.add(flink(page));
        }
        pages.addAll(metrics("/jobmanager/metrics"));
        pages.addAll(metrics("/taskmanagers/metrics"));
        for (JsonNode job : Json.lenient().readTree(flink("/jobs")).path("jobs")) {
            String path = "/jobs/" + job.path("id").asText();
            for (String page : List.of(
                    "", "/config", "/plan", "/exceptions", "/accumulators", "/checkpoints", "/jobmanager/config")) {
                pages.add(flink(path + page));
            }
            pages.addAll(metrics(path + "/metrics"));
            for (JsonNode vertex : Json.lenient().readTree(flink(path)).path("vertices")) {
                pages.addAll(metrics(path + "/vertices/" + vertex.path("id").asText() + "/metrics"));
            }
        }
        pages.addAll(logs("/jobmanager"));
        for (JsonNode manager : Json.lenient().readTree(flink("/taskmanagers")).path("taskmanagers")) {
            pages.addAll(logs("/taskmanagers/" + manager.path("id").asText()));
        }
        return pages;
    }

    /** Their names, and what they say of the first ones. */
    private List<String> metrics(String page) throws Exception {
        String names = flink(page);
        String some = Json.lenient().readTree(names).findValuesAsText("id").stream()
                .limit(50)
                .map(name -> URLEncoder.encode(name, UTF_8))
                .collect(Collectors.joining(","));
        return List.of(names, flink(page + "?get=" + some));
    }

    /** What a process writes, as Flink's own pages show it. */
    private List<String> logs(String process) throws Exception {
        List<String> pages = new ArrayList<>();
        String log = flink(process + "/log");
        assertThat(log).as(process).contains("INFO");
        pages.add(log);
        pages.add(flink(process + "/stdout"));
        pages.add(flink(process + "/thread-dump"));
        JsonNode files = Json.lenient().readTree(flink(process + "/logs")).path("logs");
        assertThat(files).as(process).isNotEmpty();
        for (JsonNode file : files) {
            pages.add(flink(process + "/logs/" + file.path("name").asText()));
        }
        return pages;
    }

    private String flink(String page) throws IOException, InterruptedException {
        URI address = URI.create(settings.getProperty("millrace.target.local.rest-url") + page);
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> processes() {
        return millrace.processes().stream()
                .flatMap(process -> Stream.of("cmdline", "environ")
                        .map(file -> Canary.text(Path.of("/proc/" + process.pid() + "/" + file))))
                .toList();
    }

    @Test
    void aSecretIsFoundInEveryForm() {
        for (String user : List.of("", "app:", "ab:", "x:")) {
            String basic = Base64.getEncoder().encodeToString((user + canary.text + ":more").getBytes(ISO_8859_1));
            assertThat(canary.isIn("Authorization: Basic " + basic)).as(basic).isTrue();
        }
        assertThat(canary.isIn(Base64.getEncoder().encodeToString("app:another".getBytes(ISO_8859_1))))
                .isFalse();
    }
}
