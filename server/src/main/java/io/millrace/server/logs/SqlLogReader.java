package io.millrace.server.logs;

import static java.time.ZoneOffset.UTC;

import io.millrace.core.job.JobId;
import io.millrace.core.target.FlinkJobId;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of attempts. */
final class SqlLogReader {
    /** The newest of a job that was tried very often. */
    private static final int MOST_ATTEMPTS = 500;

    private final Jdbi jdbi;

    SqlLogReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Newest first; all of them, or one. */
    List<AttemptLog> attempts(JobId job, Optional<Integer> number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT a.number, a.flink_job_id, v.target, a.first_sent_at, a.ended_at,
                            ARRAY(SELECT DISTINCT c.process FROM log_chunk c WHERE c.flink_job_id = a.flink_job_id)
                                AS processes,
                            (SELECT until FROM log_cut WHERE flink_job_id = a.flink_job_id AND target = v.target) AS cut
                        FROM attempt a JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version
                        WHERE a.job_id = :job AND (:number::integer IS NULL OR a.number = :number)
                        ORDER BY a.number DESC LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("number", number.orElse(null))
                .bind("limit", MOST_ATTEMPTS)
                .map((row, context) -> attempt(row))
                .list());
    }

    private static AttemptLog attempt(ResultSet row) throws SQLException {
        String[] processes = (String[]) row.getArray("processes").getArray();
        return new AttemptLog(
                row.getInt("number"),
                new FlinkJobId(row.getString("flink_job_id")),
                row.getString("target"),
                time(row, "first_sent_at"),
                time(row, "ended_at"),
                new TreeSet<>(Set.of(processes)),
                time(row, "cut"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Up to when the logs of all these processes have been read. */
    Optional<Instant> readUntil(String target, Set<String> processes) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT min(read_at) AS at FROM log_file WHERE target = :target AND process = ANY (:processes)
                        """)
                .bind("target", target)
                .bindArray("processes", String.class, processes.toArray())
                .map((row, context) -> time(row, "at"))
                .one());
    }

    /** Chunks of these attempts, and of the processes that ran them. */
    LogSearch.Source chunks(List<AttemptLog> attempts, boolean ofSomeJob) {
        return new LogSearch.Source() {
            @Override
            public List<LogSearch.Chunk> chunks(LogSearch.Query query) {
                return find(attempts, ofSomeJob, query);
            }

            @Override
            public String text(LogSearch.Chunk chunk) {
                return body(chunk.id());
            }
        };
    }

    private List<LogSearch.Chunk> find(List<AttemptLog> attempts, boolean ofSomeJob, LogSearch.Query query) {
        List<String> ids = new ArrayList<>();
        Set<String> processes = new TreeSet<>();
        Set<String> targets = new TreeSet<>();
        for (AttemptLog attempt : attempts) {
            ids.add(attempt.flinkJob().value());
            processes.addAll(attempt.everyProcess());
            targets.add(attempt.target());
        }
        String order = query.newestFirst() ? "ORDER BY last_at DESC, id DESC" : "ORDER BY first_at, id";
        @Nullable String process = query.process().orElse(null);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, target, process, about, flink_job_id, first_at, last_at FROM log_chunk
                        WHERE (flink_job_id = ANY (:ids) OR (flink_job_id IS NULL AND target = ANY (:targets)
                                AND process = ANY (:processes) AND about = ANY (:abouts)))
                            AND last_at >= :from AND first_at <= :until AND severity >= :severity
                            AND (:process::text IS NULL OR process = :process)
                        """ + order + " LIMIT :limit")
                .bindArray("ids", String.class, ids.toArray())
                .bindArray("targets", String.class, targets.toArray())
                .bindArray("processes", String.class, processes.toArray())
                .bindArray(
                        "abouts",
                        String.class,
                        ofSomeJob ? new Object[] {"CLUSTER", "SOME_JOB"} : new Object[] {"CLUSTER"})
                .bind("from", query.from().atOffset(UTC))
                .bind("until", query.until().atOffset(UTC))
                .bind("severity", Entries.severity(query.level()))
                .bind("process", process)
                .bind("limit", LogSearch.MOST_CHUNKS)
                .map((row, context) -> chunk(row))
                .list());
    }

    private static LogSearch.Chunk chunk(ResultSet row) throws SQLException {
        return new LogSearch.Chunk(
                row.getLong("id"),
                row.getString("target"),
                row.getString("process"),
                new LogOwner(
                        LogOwner.About.valueOf(row.getString("about")),
                        Optional.ofNullable(row.getString("flink_job_id")).map(FlinkJobId::new)),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }

    /** Nothing when it was deleted meanwhile. */
    private String body(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT body FROM log_chunk WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Entries.unpack(row.getBytes("body")))
                .findOne()
                .orElse(""));
    }
}
