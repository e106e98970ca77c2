package io.millrace.server.bundle;

import static java.time.ZoneOffset.UTC;

import io.millrace.core.job.JobId;
import io.millrace.core.job.Lease;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is recorded of bundles: with the failure that wants one. */
final class SqlBundleStore {
    private static final String HOLDS =
            " AND EXISTS (SELECT FROM lease l WHERE l.target = :target AND l.epoch = :epoch FOR SHARE)";

    private final Jdbi jdbi;

    SqlBundleStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The oldest that is wanted of a target's jobs. */
    Optional<WantedBundle> wanted(TargetName target) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT f.job_id, f.attempt, a.flink_job_id, w.name || '.' || j.name AS name, a.version, v.script,
                            v.settings::text AS settings, f.kind, f.cause, f.exception, f.at, f.bundle_tries
                        FROM attempt_failure f
                        JOIN attempt a ON a.job_id = f.job_id AND a.number = f.attempt
                        JOIN job j ON j.id = f.job_id
                        JOIN workspace w ON w.id = j.workspace_id
                        JOIN job_version v ON v.job_id = f.job_id AND v.version = a.version
                        WHERE f.bundle = 'WANTED' AND v.target = :target ORDER BY f.bundle_tries, f.at LIMIT 1
                        """)
                .bind("target", target.value())
                .map((row, context) -> wanted(row))
                .findOne());
    }

    private static WantedBundle wanted(ResultSet row) throws SQLException {
        return new WantedBundle(
                key(row),
                new FlinkJobId(row.getString("flink_job_id")),
                row.getString("name"),
                row.getLong("version"),
                row.getString("script"),
                row.getString("settings"),
                FailureKind.valueOf(row.getString("kind")),
                row.getString("cause"),
                row.getString("exception"),
                at(row),
                row.getInt("bundle_tries"));
    }

    private static BundleKey key(ResultSet row) throws SQLException {
        return new BundleKey(new JobId(row.getObject("job_id", UUID.class)), row.getInt("attempt"));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }

    /** Does nothing when the lease has passed, or the attempt failed once more: its bundle is wanted again. */
    void saved(Lease lease, WantedBundle bundle, long size) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE attempt_failure SET bundle = 'SAVED', bundle_size = :size, bundle_note = ''
                        WHERE job_id = :job AND attempt = :attempt AND at = :at AND bundle = 'WANTED'
                        """ + HOLDS)
                .bind("size", size)
                .bind("job", bundle.key().job().value())
                .bind("attempt", bundle.key().attempt())
                .bind("at", bundle.at().atOffset(UTC))
                .bind("target", lease.target().value())
                .bind("epoch", lease.epoch())
                .execute());
    }

    /** It could not be saved, this time or for good. */
    void failed(Lease lease, WantedBundle bundle, String why, boolean forGood) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE attempt_failure SET bundle = :state, bundle_tries = bundle_tries + 1, bundle_note = :why
                        WHERE job_id = :job AND attempt = :attempt AND at = :at AND bundle = 'WANTED'
                        """ + HOLDS)
                .bind("state", forGood ? "MISSED" : "WANTED")
                .bind("why", why)
                .bind("job", bundle.key().job().value())
                .bind("attempt", bundle.key().attempt())
                .bind("at", bundle.at().atOffset(UTC))
                .bind("target", lease.target().value())
                .bind("epoch", lease.epoch())
                .execute());
    }

    /** Newest first. */
    List<Retention.Saved> saved() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT job_id, attempt, at, bundle_size FROM attempt_failure
                        WHERE bundle = 'SAVED' ORDER BY at DESC
                        """)
                .map((row, context) -> new Retention.Saved(key(row), at(row), row.getLong("bundle_size")))
                .list());
    }

    void deleted(BundleKey key) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE attempt_failure SET bundle = 'DELETED', bundle_note = 'It was deleted to make room.'
                        WHERE job_id = :job AND attempt = :attempt AND bundle = 'SAVED'
                        """)
                .bind("job", key.job().value())
                .bind("attempt", key.attempt())
                .execute());
    }

    /** How a bundle is: its state and what is noted of it; empty when the attempt did not fail. */
    Optional<State> state(BundleKey key) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT bundle, bundle_note FROM attempt_failure WHERE job_id = :job AND attempt = :attempt
                        """)
                .bind("job", key.job().value())
                .bind("attempt", key.attempt())
                .map((row, context) -> new State(row.getString("bundle"), row.getString("bundle_note")))
                .findOne());
    }

    /** WANTED, SAVED, MISSED or DELETED, and why. */
    record State(String name, String note) {}
}
