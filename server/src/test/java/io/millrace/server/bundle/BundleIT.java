package io.millrace.server.bundle;

import static io.millrace.testkit.TestClock.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.core.job.JobId;
import io.millrace.core.job.Lease;
import io.millrace.core.target.TargetName;
import io.millrace.server.secret.Redactor;
import io.millrace.server.target.FlinkPages;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** From the row of a failure to the file, with a JobManager that tells secrets. */
class BundleIT {
    private static final String SECRET = "canary-of-the-bundle";
    private static final String FLINK_JOB = "0123456789abcdef0123456789abcdef";
    private static Jdbi jdbi;

    private final TestClock clock = new TestClock();
    private final BundleKey key = new BundleKey(new JobId(UUID.randomUUID()), 1);
    private final Map<String, String> pages = new HashMap<>();
    private HttpServer flink;
    private BundleFiles files;
    private Lease lease = new Lease(TargetName.LOCAL, 7, 1);

    @TempDir
    Path folder;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void aJobFails() throws IOException {
        files = new BundleFiles(folder.resolve("bundles"));
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/", exchange -> {
            String page = pages.get(exchange.getRequestURI().toString());
            byte[] body = (page == null ? "{\"errors\":[]}" : page).getBytes(UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        flink.start();
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM job");
            handle.execute("DELETE FROM lease");
            handle.execute("INSERT INTO lease VALUES ('local', 7, 'test', now())");
            UUID job = key.job().value();
            handle.execute(
                    "INSERT INTO job (id, workspace_id, name, version, generation, desired, wish, wish_version,"
                            + " wish_savepoint, wish_from, wish_partial, created_at, changed_at, observed, observed_at,"
                            + " reason, failures) SELECT ?, id, 'orders', 1, 1, 'RUNNING', 1, 1, true, 'LATEST', false,"
                            + " now(), now(), 'FAILED', now(), '', 1 FROM workspace WHERE name = 'default'",
                    job);
            handle.execute(
                    "INSERT INTO job_version (job_id, version, script, mode, target, parallelism,"
                            + " checkpoint_scheduler, settings, author, created_at) VALUES (?, 1,"
                            + " 'INSERT INTO a SELECT 1', 'STREAMING', 'local', 1, 'FLINK', '{}', 'me', now())",
                    job);
            handle.execute(
                    "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, cause, evidence, ended_at)"
                            + " VALUES (?, 1, ?, 1, 1, 'ENDED', 'FAILED', 'seen', now())",
                    job,
                    FLINK_JOB);
        });
        fails(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    /** As the protocol records it. */
    private void fails(Duration later) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt_failure (job_id, attempt, kind, cause, exception, at)"
                        + " VALUES (?, 1, 'DATA', 'It failed.', 'x.Y: It failed.', ?)"
                        + " ON CONFLICT (job_id, attempt) DO UPDATE SET at = excluded.at, bundle = 'WANTED'",
                key.job().value(),
                java.sql.Timestamp.from(NOON.plus(later))));
    }

    private BundleLoop loop(int perJob) {
        return new BundleLoop(
                new SqlBundleStore(jdbi),
                files,
                new Retention(Duration.ofDays(1), perJob, 1_000_000),
                List.of(),
                name -> Optional.of(lease),
                new Redactor(() -> Set.of(SECRET)),
                clock);
    }

    private void round(int perJob) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
        try (BundleLoop loop = loop(perJob)) {
            loop.round(TargetName.LOCAL, new FlinkPages(address));
        }
    }

    private String state() {
        return new SqlBundleStore(jdbi).state(key).orElseThrow().name();
    }

    private Map<String, String> entries() throws IOException {
        Map<String, String> entries = new HashMap<>();
        try (var zip = new ZipInputStream(Files.newInputStream(files.find(key).orElseThrow()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return entries;
    }

    private void told() {
        String job = "/jobs/" + FLINK_JOB;
        pages.put(job + "/exceptions?maxExceptions=20", "{\"e\":\"driver says " + SECRET + "\"}");
        pages.put(job + "/checkpoints", "{\"counts\":{}}");
        pages.put(job + "/metrics", "[{\"id\":\"numRestarts\"}]");
        pages.put(job + "/metrics?get=numRestarts", "[{\"id\":\"numRestarts\",\"value\":\"3\"}]");
        pages.put(
                "/jobmanager/config",
                "[{\"key\":\"s3.access-key\",\"value\":\"hidden\"},{\"key\":\"rest.port\",\"value\":\"1\"}]");
        pages.put("/taskmanagers", "{\"taskmanagers\":[{\"id\":\"tm-1\"}]}");
        String line = "2026-06-01T12:00:00.000Z INFO  a.B [" + FLINK_JOB + "] password=other1 " + SECRET + "\n";
        pages.put("/jobmanager/log", line);
        pages.put("/taskmanagers/tm-1/log", line + "2026-06-01T12:00:00.000Z INFO  a.B Nobody's.\n");
    }

    @Test
    void savesWhatTheClusterTellsWithoutSecrets() throws IOException {
        told();

        round(10);

        assertThat(state()).isEqualTo("SAVED");
        Map<String, String> entries = entries();
        assertThat(entries)
                .containsKeys("checkpoints.json", "cluster-settings.json", "taskmanagers.json")
                .containsEntry("job.sql", "INSERT INTO a SELECT 1")
                .containsEntry("exception.txt", "x.Y: It failed.");
        assertThat(entries.values())
                .noneMatch(text -> text.contains(SECRET) || text.contains("hidden") || text.contains("other1"));
        assertThat(entries.get("exceptions.json")).contains("driver says ***");
        assertThat(entries.get("metrics.json")).contains("numRestarts").contains("3");
        assertThat(entries.get("logs/taskmanager-tm-1.log")).contains(FLINK_JOB).doesNotContain("Nobody's");
        assertThat(entries.get("failure.txt")).contains("default.orders").contains("DATA");
        assertThat(entries.get("absent.txt")).contains("flink-job.json");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(files.find(key).orElseThrow())))
                .isEqualTo("rw-------");
    }

    @Test
    void hasTheExceptionWhenTheClusterIsGone() throws IOException {
        flink.stop(0);

        round(10);

        assertThat(state()).isEqualTo("SAVED");
        assertThat(entries()).containsKey("exception.txt").doesNotContainKey("checkpoints.json");
        assertThat(entries().get("absent.txt")).contains("checkpoints.json").contains("does not answer");
    }

    @Test
    void whoLostTheLeaseRecordsNothing() throws IOException {
        lease = new Lease(TargetName.LOCAL, 6, 1);

        round(10);

        assertThat(state()).isEqualTo("WANTED");
    }

    @Test
    void aLaterFailureIsSavedInTheEarlierOnesPlace() throws IOException {
        round(10);
        told();
        fails(Duration.ofSeconds(30));

        round(10);

        assertThat(state()).isEqualTo("SAVED");
        assertThat(entries()).containsKey("checkpoints.json");
    }

    @Test
    void makesRoom() throws IOException {
        round(0);

        assertThat(state()).isEqualTo("DELETED");
        assertThat(files.find(key)).isEmpty();
    }

    @Test
    void sweepsWhatNobodyRefersTo() throws IOException {
        round(10);
        Path lost = folder.resolve("bundles").resolve("lost.zip");
        Path foreign = folder.resolve("bundles").resolve("notes.txt");
        Files.writeString(lost, "x");
        Files.writeString(foreign, "x");
        var later = Files.getLastModifiedTime(lost).toInstant().plus(Duration.ofHours(2));

        files.sweep(Set.of(key.file()), later);

        assertThat(lost).doesNotExist();
        assertThat(foreign).exists();
        assertThat(files.find(key)).isPresent();
    }
}
