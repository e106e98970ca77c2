package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Secrets of connections, looked for wherever the stack writes or answers something. */
@ExtendWith(SharedStack.class)
class CanaryE2E {
    private static final String JOB = "canary-job";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
    private final List<String> seen = new ArrayList<>();
    private final Millrace millrace;
    private final MillraceClient server;
    private final Properties settings = new Properties();

    CanaryE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        String token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.server = MillraceClient.at(URI.create(ui).resolve("/")).withToken(() -> token);
        try (var reader = Files.newBufferedReader(millrace.home().resolve("conf/server/application.properties"))) {
            settings.load(reader);
        }
    }

    @Test
    void noSecretOfAConnectionIsSeen() throws Exception {
        connections();
        try {
            statements();
            aJob();

            assertThat(seen).as("answers").isNotEmpty().noneMatch(this::isIn);
            assertThat(everywhereInFlink()).as("Flink's REST API").noneMatch(this::isIn);
            assertThat(processes()).as("command lines and environments").noneMatch(this::isIn);
            assertThat(filesWithIt()).as("files").isEmpty();
        } finally {
            millrace.run("job", "delete", JOB);
            millrace.run("sql", "-e", "DROP TABLE IF EXISTS kafka.canary.told");
            server.connections().delete("canary", notice -> {});
            server.connections().delete("canary_crm", notice -> {});
        }
    }

    private void connections() {
        int kafka = Integer.parseInt(
                settings.getProperty("millrace.catalog.kafka.bootstrap-servers").replaceFirst(".*:", ""));
        server.connections()
                .create(
                        new NewConnection(
                                "canary",
                                "kafka",
                                Map.of(
                                        "bootstrapServers", List.of("127.0.0.1:" + kafka),
                                        "securityProtocol", "SASL_PLAINTEXT",
                                        "saslMechanism", "PLAIN",
                                        "username", "app"),
                                Map.of("password", canary),
                                null),
                        false);
        server.connections()
                .create(
                        new NewConnection(
                                "canary_crm",
                                "postgres",
                                Map.of(
                                        "host", "127.0.0.1",
                                        "port",
                                                Integer.parseInt(
                                                        settings.getProperty("millrace.catalog.postgres.port")),
                                        "database", "data",
                                        "username", "data"),
                                Map.of("password", canary),
                                null),
                        false);
        seen.add(server.connections().get("canary").toString());
        seen.add(server.connections().changes("canary").toString());
        seen.add(server.connections().test("canary_crm").toString());
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
        for (JsonNode job : Json.lenient().readTree(flink("/jobs")).path("jobs")) {
            for (String page : List.of("", "/config", "/plan", "/exceptions", "/accumulators", "/jobmanager/config")) {
                pages.add(flink("/jobs/" + job.path("id").asText() + page));
            }
        }
        pages.addAll(logs("/jobmanager"));
        for (JsonNode manager : Json.lenient().readTree(flink("/taskmanagers")).path("taskmanagers")) {
            pages.addAll(logs("/taskmanagers/" + manager.path("id").asText()));
        }
        return pages;
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
                        .map(file -> text(Path.of("/proc/" + process.pid() + "/" + file))))
                .toList();
    }

    private List<Path> filesWithIt() throws IOException {
        try (Stream<Path> files = Files.walk(millrace.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isIn(text(file)))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** As it is, or as bytes are often written. */
    private boolean isIn(String text) {
        byte[] bytes = canary.getBytes(ISO_8859_1);
        return text.contains(canary)
                || text.contains(HexFormat.of().formatHex(bytes))
                || IntStream.range(0, 3).anyMatch(before -> text.contains(base64(bytes, before)));
    }

    /** Those characters that say nothing of the {@code before} bytes before it, as in {@code user:secret}, or after it. */
    private static String base64(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        return Base64.getEncoder().encodeToString(all).substring((before * 8 + 5) / 6, all.length * 8 / 6);
    }

    @Test
    void aSecretIsFoundInEveryForm() {
        for (String user : List.of("", "app:", "ab:", "x:")) {
            String basic = Base64.getEncoder().encodeToString((user + canary + ":more").getBytes(ISO_8859_1));
            assertThat(isIn("Authorization: Basic " + basic)).as(basic).isTrue();
        }
        assertThat(isIn(Base64.getEncoder().encodeToString("app:another".getBytes(ISO_8859_1))))
                .isFalse();
    }
}
