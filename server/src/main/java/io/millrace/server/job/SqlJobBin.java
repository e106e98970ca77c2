package io.millrace.server.job;

import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.Deletion;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobBin;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.ListedJob;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** {@link JobBin} in PostgreSQL: the same rows, with the time of the deletion. */
final class SqlJobBin implements JobBin {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Jdbi jdbi;

    SqlJobBin(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean put(Job job, Deletion deletion, JobEvent event) {
        return jdbi.inTransaction(handle -> {
            boolean done = handle.createUpdate("""
                                    UPDATE job SET deleted_at = :at, deleted_by = :by, changed_at = :at,
                                        generation = generation + 1
                                    WHERE id = :id AND generation = :generation AND at_rest AND deleted_at IS NULL
                                    """)
                            .bind("id", job.id().value())
                            .bind("generation", job.generation())
                            .bind("at", time(deletion.at()))
                            .bind("by", deletion.by())
                            .execute()
                    == 1;
            if (done) {
                JobWrites.insert(handle, job.id(), event);
            }
            return done;
        });
    }

    @Override
    public Optional<ListedJob> find(JobId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SqlJobStore.LISTED + "WHERE j.id = :id AND j.deleted_at IS NOT NULL")
                        .bind("id", id.value())
                        .map((row, context) -> SqlJobStore.listed(row))
                        .findOne());
    }

    @Override
    public Restored restore(Job next, JobEvent event) {
        try {
            return jdbi.inTransaction(handle -> {
                int rows = handle.createUpdate("""
                                UPDATE job SET deleted_at = NULL, deleted_by = NULL, name = :name,
                                    changed_at = :changed_at, generation = :generation
                                WHERE id = :id AND generation = :generation - 1 AND deleted_at IS NOT NULL
                                """)
                        .bind("id", next.id().value())
                        .bind("name", next.name().value())
                        .bind("changed_at", time(next.changedAt()))
                        .bind("generation", next.generation())
                        .execute();
                if (rows == 0) {
                    return Restored.GONE;
                }
                JobWrites.insert(handle, next.id(), event);
                return Restored.DONE;
            });
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return Restored.NAME_TAKEN;
            }
            throw e;
        }
    }

    @Override
    public boolean purge(JobId id) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("DELETE FROM job WHERE id = :id AND deleted_at IS NOT NULL")
                                .bind("id", id.value())
                                .execute()
                        == 1);
    }

    @Override
    public int purge(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM job WHERE id IN (
                            SELECT id FROM job WHERE deleted_at < :before ORDER BY deleted_at LIMIT :limit
                            FOR UPDATE SKIP LOCKED)
                        """)
                .bind("before", time(before))
                .bind("limit", limit)
                .execute());
    }
}
