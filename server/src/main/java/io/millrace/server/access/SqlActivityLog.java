package io.millrace.server.access;

import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityFilter;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Activities in PostgreSQL, whose own triggers keep rows as they are, and all that are not a month old. */
final class SqlActivityLog {
    private static final String APPEND = """
            INSERT INTO activity (at, by_name, action, object, outcome, from_ip, request)
            VALUES (:at, :by, :action, :object, :outcome, :from, :request)
            """;

    private static final String LIST = """
            SELECT number, at, by_name, action, object, outcome, from_ip, request FROM activity
            WHERE number < :before AND lower(object) LIKE :object
              AND (CAST(:by AS text) IS NULL OR by_name = :by)
              AND (CAST(:action AS text) IS NULL OR action = :action)
              AND (CAST(:since AS timestamptz) IS NULL OR at >= :since)
              AND (NOT :failed OR outcome <> 'OK')
            ORDER BY number DESC LIMIT :limit
            """;

    private static final String DELETE = """
            DELETE FROM activity WHERE number IN (SELECT number FROM activity WHERE at < :before ORDER BY at LIMIT 10000)
            """;

    private final Jdbi jdbi;

    SqlActivityLog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void append(Activity activity) {
        jdbi.useHandle(handle -> handle.createUpdate(APPEND)
                .bind("at", utc(activity.at()))
                .bind("by", activity.by())
                .bind("action", activity.action())
                .bind("object", activity.object())
                .bind("outcome", activity.outcome())
                .bind("from", activity.from())
                .bind("request", activity.request())
                .execute());
    }

    /** Some of what is older; called again for the rest. */
    void deleteBefore(Instant before) {
        jdbi.useHandle(handle ->
                handle.createUpdate(DELETE).bind("before", utc(before)).execute());
    }

    List<Activity> list(ActivityFilter filter, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("before", before)
                .bind("object", SqlPrincipalStore.contains(filter.object()))
                .bind("by", filter.by().orElse(null))
                .bind("action", filter.action().orElse(null))
                .bind("since", utc(filter.since()))
                .bind("failed", filter.failed())
                .bind("limit", limit)
                .map((row, context) -> activity(row))
                .list());
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("by_name"),
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                row.getString("from_ip"),
                row.getString("request"));
    }

    private static @Nullable OffsetDateTime utc(Optional<Instant> time) {
        return time.map(SqlActivityLog::utc).orElse(null);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
