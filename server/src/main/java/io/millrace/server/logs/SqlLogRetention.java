package io.millrace.server.logs;

import static java.time.ZoneOffset.UTC;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

import java.time.Duration;
import java.time.Instant;

/**
 * Deletes kept lines, the oldest first, and notes up to when.
 *
 * @param perAttempt so many bytes of each attempt, and of what each process says of itself
 * @param bytes so many of all
 */
record SqlLogRetention(Jdbi jdbi, Duration keep, long perAttempt, long bytes) {
    private static final String CUT = """
            WITH gone AS (DELETE FROM log_chunk WHERE id IN (%s) RETURNING target, flink_job_id, last_at)
            INSERT INTO log_cut (target, flink_job_id, until)
            SELECT target, coalesce(flink_job_id, ''), max(last_at) FROM gone GROUP BY 1, 2
            ON CONFLICT (target, flink_job_id) DO UPDATE SET until = greatest(log_cut.until, excluded.until)
            """;

    private static final String OLD = CUT.formatted("SELECT id FROM log_chunk WHERE last_at < :before");

    private static final String MANY_OF_ONE = CUT.formatted("""
            SELECT id FROM (
                SELECT id, sum(size) OVER (PARTITION BY flink_job_id, about,
                    CASE WHEN flink_job_id IS NULL THEN target END, CASE WHEN flink_job_id IS NULL THEN process END
                    ORDER BY last_at DESC, id DESC) AS total
                FROM log_chunk) c
            WHERE total > :bytes
            """);

    private static final String MANY = CUT.formatted("""
            SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY last_at DESC, id DESC) AS total FROM log_chunk) c
            WHERE total > :bytes
            """);

    /** May be repeated, by several servers. */
    void sweep(Instant now) {
        Instant before = now.minus(keep);
        run(OLD, before);
        cut(MANY_OF_ONE, perAttempt);
        cut(MANY, bytes);
        run("DELETE FROM log_cut WHERE until < :before", before.minus(keep));
        run("DELETE FROM log_file WHERE gone AND read_at < :before", before);
    }

    private void run(String sql, Instant before) {
        jdbi.useHandle(handle -> {
            try (Update update = handle.createUpdate(sql)) {
                update.bind("before", before.atOffset(UTC)).execute();
            }
        });
    }

    private void cut(String sql, long most) {
        jdbi.useHandle(handle -> {
            try (Update update = handle.createUpdate(sql)) {
                update.bind("bytes", most).execute();
            }
        });
    }
}
