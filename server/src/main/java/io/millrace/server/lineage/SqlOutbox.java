package io.millrace.server.lineage;

import io.millrace.core.lineage.RunMoment;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The events that are still to be told, in order. They are written in the transaction in which the attempt changes, so
 * none is lost, and read by one server at a time.
 */
final class SqlOutbox {
    private static final String FIRST = """
            SELECT e.id, e.job_id, e.job_name, e.version, e.attempt, e.moment, e.at, e.evidence, e.tries,
                v.script, coalesce(v.mode, 'STREAMING') = 'STREAMING' AS streaming
            FROM run_event e
            LEFT JOIN job_version v ON v.job_id = e.job_id AND v.version = e.version
            ORDER BY e.id
            LIMIT 1
            """;

    private static final String TRIM = """
            WITH gone AS (
                DELETE FROM run_event
                WHERE id <= (SELECT id FROM run_event ORDER BY id DESC OFFSET :most LIMIT 1)
                RETURNING id)
            UPDATE run_event_given_up SET events = events + (SELECT count(*) FROM gone)
            WHERE EXISTS (SELECT FROM gone)
            """;

    private static final long LOCK = 0x6c696e65616765L;

    private final Jdbi jdbi;

    SqlOutbox(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What to do with the first event. */
    enum Verdict {
        /** It is told. */
        DONE,
        /** It stays the first. */
        RETRY,
        /** It is told to nobody. */
        GIVE_UP
    }

    /** Gives the first event to {@code work}; empty when there is none or another server is at it. */
    Optional<Verdict> first(Function<RunEvent, Verdict> work) {
        return jdbi.inTransaction(handle -> {
            boolean mine = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
            Optional<RunEvent> event = mine
                    ? handle.createQuery(FIRST)
                            .map((row, context) -> event(row))
                            .findOne()
                    : Optional.empty();
            return event.map(each -> judged(handle, each, work.apply(each)));
        });
    }

    private static Verdict judged(Handle handle, RunEvent event, Verdict verdict) {
        switch (verdict) {
            case DONE -> delete(handle, event);
            case RETRY ->
                handle.createUpdate("UPDATE run_event SET tries = tries + 1 WHERE id = :id")
                        .bind("id", event.id())
                        .execute();
            case GIVE_UP -> {
                delete(handle, event);
                handle.execute("UPDATE run_event_given_up SET events = events + 1");
            }
        }
        return verdict;
    }

    private static void delete(Handle handle, RunEvent event) {
        handle.createUpdate("DELETE FROM run_event WHERE id = :id")
                .bind("id", event.id())
                .execute();
    }

    /** Gives up the oldest events beyond the newest {@code most}. */
    void trim(int most) {
        jdbi.useHandle(handle -> handle.createUpdate(TRIM).bind("most", most).execute());
    }

    /** How many events were given up, ever. */
    long givenUp() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT events FROM run_event_given_up")
                .mapTo(Long.class)
                .one());
    }

    List<RunMoment> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT moment FROM run_event ORDER BY id")
                .mapTo(String.class)
                .map(RunMoment::valueOf)
                .list());
    }

    private static RunEvent event(ResultSet row) throws SQLException {
        return new RunEvent(
                row.getLong("id"),
                row.getString("job_id"),
                row.getString("job_name"),
                row.getLong("version"),
                row.getInt("attempt"),
                RunMoment.valueOf(row.getString("moment")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("evidence")),
                Optional.ofNullable(row.getString("script")),
                row.getBoolean("streaming"),
                row.getInt("tries"));
    }
}
