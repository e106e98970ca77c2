package io.millrace.server.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.workspace.WorkspaceRef;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What happens to jobs, from a place on. Numbers of events are given before transactions commit, so a place is no number
 * but what PostgreSQL calls a snapshot: which transactions were over. What follows it is what was not over then and is
 * now; nothing is missed, however long a transaction takes, and events of one job come in their order.
 *
 * @see <a href="https://www.postgresql.org/docs/15/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">pg_snapshot</a>
 */
final class SqlEventFeed {
    /** As many as are told at once. */
    static final int MOST = 1_000;

    private static final Pattern PLACE = Pattern.compile("\\d{1,19}:\\d{1,19}:[0-9,]{0,4000}");
    private static final String MALFORMED = "22P02";

    private static final String NOW = """
            SELECT here::text, pg_snapshot_xmax(CAST(:place AS pg_snapshot)) > pg_snapshot_xmax(here) AS ahead
            FROM pg_current_snapshot() here
            """;

    private static final String BETWEEN = """
            SELECT e.id, e.job_id, e.at, e.kind, e.from_state, e.to_state, e.attempt, e.reason, e.actor,
                j.name, j.workspace_id, w.name AS workspace
            FROM job_event e
            JOIN job j ON j.id = e.job_id
            JOIN workspace w ON w.id = j.workspace_id
            WHERE e.xid >= pg_snapshot_xmin(CAST(:from AS pg_snapshot))
                AND NOT pg_visible_in_snapshot(e.xid, CAST(:from AS pg_snapshot))
                AND pg_visible_in_snapshot(e.xid, CAST(:to AS pg_snapshot))
            ORDER BY e.id LIMIT :limit
            """;

    private final Jdbi jdbi;

    SqlEventFeed(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An event and whose it is. */
    record Happened(JobId id, WorkspaceRef workspace, JobName job, JobEvent event) {}

    /**
     * What followed a place.
     *
     * @param place where it ends
     * @param gap whether there was more than is told, or the place is of another metastore: what happened must be looked
     *     up
     */
    record Part(List<Happened> events, String place, boolean gap) {}

    private record Now(String place, boolean ahead) {}

    String here() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT pg_current_snapshot()::text")
                .mapTo(String.class)
                .one());
    }

    /** Fails with REQUEST_INVALID for what is no place. */
    Part after(String place) {
        Now now = now(place);
        if (now.ahead() || now.place().equals(place)) {
            return new Part(List.of(), now.place(), now.ahead());
        }
        List<Happened> events = jdbi.withHandle(handle -> handle.createQuery(BETWEEN)
                .bind("from", place)
                .bind("to", now.place())
                .bind("limit", MOST + 1)
                .map((row, context) -> new Happened(
                        JobRows.id(row, "job_id"),
                        JobRows.workspace(row),
                        new JobName(row.getString("name")),
                        JobRows.event(row)))
                .list());
        boolean gap = events.size() > MOST;
        return new Part(gap ? List.of() : events, now.place(), gap);
    }

    private Now now(String place) {
        if (!PLACE.matcher(place).matches()) {
            throw invalid();
        }
        try {
            return jdbi.withHandle(handle -> handle.createQuery(NOW)
                    .bind("place", place)
                    .map((row, context) -> new Now(row.getString("here"), row.getBoolean("ahead")))
                    .one());
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && MALFORMED.equals(cause.getSQLState())) {
                throw invalid();
            }
            throw e;
        }
    }

    private static MillraceException invalid() {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID,
                "Last-Event-ID is none that this stream gave; leave it out to begin with what happens from now on.",
                List.of(Flaw.at("Last-Event-ID", "none of this stream")));
    }
}
