package io.millrace.server.logs;

import static io.millrace.testkit.TestClock.NOON;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.job.LogLevel;
import io.millrace.core.job.JobId;
import io.millrace.core.job.Lease;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import io.millrace.server.secret.Redactor;
import io.millrace.server.target.FlinkPages;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** From the logs of a cluster to what is found of an attempt, in a real metastore. */
class LogsIT {
    private static final String SECRET = "canary-of-the-logs";
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static Jdbi jdbi;

    private final TestClock clock = new TestClock();
    private final Lease lease = new Lease(TargetName.LOCAL, 7, 1);
    private final JobId orders = new JobId(UUID.randomUUID());
    private final JobId clicks = new JobId(UUID.randomUUID());
    private Map<String, String> logs = Map.of();
    private int tag;
    private LoggingFlink flink;
    private ClusterLogs cluster;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void twoJobsRun() throws IOException {
        flink = new LoggingFlink();
        logs = flink.logs();
        jdbi.useHandle(handle -> {
            for (String table : List.of("job", "lease", "log_file", "log_chunk", "log_cut")) {
                handle.execute("DELETE FROM " + table);
            }
            handle.execute("INSERT INTO lease VALUES ('local', 7, 'test', now())");
        });
        tag = new SqlLogStore(jdbi).tag();
        runs(orders, "orders");
        runs(clicks, "clicks");
        cluster = cluster();
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    private ClusterLogs cluster() {
        Redactor redactor = new Redactor(() -> Set.of(SECRET));
        return new ClusterLogs(
                new FlinkPages(flink.address()),
                new SqlLogStore(jdbi),
                redactor::now,
                new Pace(INTERVAL, 64_000_000),
                UTC,
                clock.instant());
    }

    private FlinkJobId flinkJob(JobId job) {
        return FlinkJobId.of(tag, job.value(), 1);
    }

    private void runs(JobId id, String name) {
        flink.has(flinkJob(id).value());
        jdbi.useHandle(handle -> {
            UUID job = id.value();
            handle.execute(
                    "INSERT INTO job (id, workspace_id, name, version, generation, desired, wish, wish_version,"
                            + " wish_savepoint, wish_from, wish_partial, created_at, changed_at, observed, observed_at,"
                            + " reason, failures) SELECT ?, id, ?, 1, 1, 'RUNNING', 1, 1, true, 'LATEST', false,"
                            + " now(), now(), 'RUNNING', now(), '', 1 FROM workspace WHERE name = 'default'",
                    job,
                    name);
            handle.execute(
                    "INSERT INTO job_version (job_id, version, script, mode, target, parallelism,"
                            + " checkpoint_scheduler, settings, author, created_at) VALUES (?, 1,"
                            + " 'INSERT INTO a SELECT 1', 'STREAMING', 'local', 1, 'FLINK', '{}', 'me', now())",
                    job);
            handle.execute(
                    "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, first_sent_at)"
                            + " VALUES (?, 1, ?, 1, 1, 'SUBMITTED', ?)",
                    job,
                    flinkJob(id).value(),
                    NOON.atOffset(UTC));
        });
    }

    private void ends(JobId job, Instant at) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE attempt SET state = 'ENDED', cause = 'FAILED', evidence = 'seen', ended_at = ?"
                        + " WHERE job_id = ?",
                at.atOffset(UTC),
                job.value()));
    }

    private static String line(int second, String level, String logger, String text) {
        return Instant.parse("2026-06-01T12:00:00Z").plusSeconds(second) + " " + level + "  " + logger + " " + text
                + "\n";
    }

    private String line(int second, JobId job, String text) {
        return line(second, "INFO", "o.a.f.r.t.Task", "[" + flinkJob(job) + "] " + text);
    }

    private void jobManager(String text) {
        logs.merge("/jobmanager/log", text, String::concat);
    }

    private void taskManager(String id, String text) {
        logs.merge("/taskmanagers/" + id + "/log", text, String::concat);
    }

    private void round() throws IOException {
        cluster.round(lease, clock.advance(INTERVAL));
    }

    private List<String> found(JobId job, boolean ofSomeJob, LogSearch.Query query) {
        SqlLogReader reader = new SqlLogReader(jdbi);
        List<AttemptLog> attempts = reader.attempts(job, Optional.of(1));
        LogSearch search = new LogSearch(
                reader.chunks(attempts, ofSomeJob),
                query,
                one -> attempts.stream().anyMatch(attempt -> attempt.concerns(one)));
        return search.page(Optional.empty(), 100).found().stream()
                .map(one -> one.chunk().process() + ": "
                        + one.entry().text().replaceFirst("(?s)^\\S+ \\w+ +[\\w.]+ (\\[\\w+] )?", ""))
                .toList();
    }

    private List<String> found(JobId job) {
        return found(job, false, query("", LogLevel.TRACE, null));
    }

    private static LogSearch.Query query(String text, LogLevel level, @Nullable String process) {
        return new LogSearch.Query(
                Optional.of(text),
                level,
                Optional.ofNullable(process),
                Instant.EPOCH,
                NOON.plus(Duration.ofDays(300)),
                false);
    }

    @Test
    void keepsOfEachJobItsOwnLinesAndThoseOfItsProcesses() throws IOException {
        jobManager(line(1, orders, "submitted")
                + line(2, clicks, "submitted too")
                + line(3, "WARN", "o.a.f.r.j.JobMaster", "Heartbeat late."));
        taskManager("tm-1", line(4, orders, "password=topsecret " + SECRET + " deployed\n\tat a.B"));
        taskManager("tm-1", line(5, "WARN", "o.a.k.c.NetworkClient", "No broker."));
        taskManager("tm-2", line(6, clicks, "deployed") + line(7, "INFO", "o.a.f.r.t.TaskExecutor", "Busy."));

        round();

        assertThat(found(orders))
                .containsExactly(
                        "jobmanager: submitted",
                        "jobmanager: Heartbeat late.",
                        "tm-1: password=*** *** deployed\n\tat a.B");
        assertThat(found(clicks))
                .containsExactly(
                        "jobmanager: submitted too", "jobmanager: Heartbeat late.", "tm-2: deployed", "tm-2: Busy.");
        assertThat(found(orders, true, query("", LogLevel.TRACE, null))).contains("tm-1: No broker.");
        assertThat(found(orders, true, query("bROKER", LogLevel.WARN, "tm-1"))).containsExactly("tm-1: No broker.");
        assertThat(found(orders, false, query("", LogLevel.TRACE, "tm-2"))).isEmpty();
    }

    @Test
    void isThereAfterTheAttemptAndItsProcessesAreGone() throws IOException {
        taskManager("tm-1", line(1, orders, "deployed"));
        jobManager(line(2, orders, "submitted"));
        round();
        Instant read = clock.instant();
        logs.remove("/taskmanagers/tm-1/log");
        round();
        round();
        flink.close();
        ends(orders, clock.instant());
        assertThatThrownBy(this::round).isInstanceOf(IOException.class);

        assertThat(found(orders))
                .containsExactly(
                        "tm-1: deployed",
                        "jobmanager: submitted",
                        "tm-1: TaskManager tm-1 is gone. Its log is kept until " + read
                                + "; what it wrote after that is lost.");
    }

    @Test
    void readsAtOnceWhenAnAttemptEnds() throws IOException {
        jobManager(line(1, orders, "submitted"));
        round();
        jobManager(line(40, orders, "failed"));
        cluster.round(lease, clock.advance(Duration.ofSeconds(2)));
        assertThat(found(orders)).hasSize(1);

        ends(orders, clock.instant());
        cluster.round(lease, clock.advance(Duration.ofSeconds(2)));

        assertThat(found(orders)).containsExactly("jobmanager: submitted", "jobmanager: failed");
    }

    @Test
    void goesOnAfterARotationAndSaysWhenLinesAreLost() throws IOException {
        jobManager(line(1, orders, "one"));
        round();
        logs.put("/jobmanager/logs/flink.log.1", logs.get("/jobmanager/log") + line(31, orders, "two"));
        logs.put("/jobmanager/log", line(32, orders, "three"));
        round();
        assertThat(found(orders)).containsExactly("jobmanager: one", "jobmanager: two", "jobmanager: three");

        logs.remove("/jobmanager/logs/flink.log.1");
        logs.put("/jobmanager/log", line(80, orders, "five"));
        round();

        assertThat(found(orders))
                .hasSize(5)
                .contains("jobmanager: five")
                .element(3)
                .asString()
                .contains("The log of jobmanager was replaced");
    }

    @Test
    void anotherServerGoesOnWhereTheFirstOneStopped() throws IOException {
        jobManager(line(1, orders, "one"));
        round();
        cluster = cluster();
        jobManager(line(2, orders, "two"));

        round();

        assertThat(found(orders)).containsExactly("jobmanager: one", "jobmanager: two");
    }

    @Test
    void whoLostTheLeaseKeepsNothing() {
        jobManager(line(1, orders, "one"));

        assertThatThrownBy(() -> cluster.round(new Lease(TargetName.LOCAL, 6, 1), clock.advance(INTERVAL)))
                .hasMessageContaining("lease");

        assertThat(found(orders)).isEmpty();
    }

    @Test
    void doesNotReadWhatNobodyWroteTo() throws IOException {
        jobManager(line(1, orders, "one"));
        round();
        round();
        round();

        assertThat(flink.asked().get("/jobmanager/log")).isEqualTo(1);
    }

    @Test
    void readsNothingWhileNoJobRuns() throws IOException {
        ends(orders, NOON.minus(Duration.ofHours(1)));
        ends(clicks, NOON.minus(Duration.ofHours(1)));
        jobManager(line(1, orders, "one"));

        round();

        assertThat(flink.asked()).isEmpty();
    }

    @Test
    void linesGoWithTheirJob() throws IOException {
        jobManager(line(1, orders, "one"));
        round();

        jdbi.useHandle(handle -> handle.execute("DELETE FROM job WHERE id = ?", orders.value()));
        jobManager(line(2, orders, "two"));
        round();

        assertThat(chunks()).isZero();
    }

    private int chunks() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM log_chunk")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void theOldestMakeRoom() throws IOException {
        jobManager(line(1, orders, "one"));
        round();
        taskManager("tm-1", line(31, orders, "two"));
        round();
        assertThat(found(orders)).hasSize(2);

        new SqlLogRetention(jdbi, Duration.ofDays(1), 200, 10_000).sweep(clock.instant());

        assertThat(found(orders)).containsExactly("tm-1: two");
        assertThat(new SqlLogReader(jdbi)
                        .attempts(orders, Optional.of(1))
                        .get(0)
                        .cut())
                .contains(NOON.plusSeconds(1));

        new SqlLogRetention(jdbi, Duration.ofDays(1), 10_000, 100).sweep(clock.instant());
        assertThat(chunks()).isZero();
    }

    @Test
    void whatIsTooOldGoes() throws IOException {
        jobManager(line(1, orders, "one"));
        round();
        SqlLogRetention retention = new SqlLogRetention(jdbi, Duration.ofDays(1), 10_000, 10_000);

        retention.sweep(NOON.plus(Duration.ofHours(23)));
        assertThat(chunks()).isEqualTo(1);
        retention.sweep(NOON.plus(Duration.ofHours(25)));

        assertThat(chunks()).isZero();
    }

    @Test
    void manyLinesFillSeveralChunks() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            many.append(line(i % 30, orders, "line " + i + " " + "x".repeat(50)));
        }
        jobManager(many.toString());
        round();

        assertThat(chunks()).isBetween(2, 20);
        assertThat(found(orders, false, query("line 4999 ", LogLevel.INFO, null)))
                .hasSize(1);
        OffsetDateTime first = jdbi.withHandle(handle -> handle.createQuery("SELECT min(first_at) FROM log_chunk")
                .mapTo(OffsetDateTime.class)
                .one());
        assertThat(first.toInstant()).isEqualTo(NOON);
    }
}
