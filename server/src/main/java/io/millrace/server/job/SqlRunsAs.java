package io.millrace.server.job;

import io.millrace.core.target.FlinkJobId;
import io.millrace.server.target.RunsAs;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;
import java.util.UUID;

/** With the rights of who wrote the version that runs. */
final class SqlRunsAs implements RunsAs {
    private static final String FIND = """
            SELECT v.author_id FROM (
                SELECT job_id, version FROM attempt WHERE flink_job_id = :id
                UNION ALL SELECT job_id, version FROM proof WHERE flink_job_id = :id
            ) a
            JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version
            JOIN principal p ON p.id = v.author_id AND p.deleted_at IS NULL AND NOT p.disabled
            """;

    private final Jdbi jdbi;

    SqlRunsAs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<UUID> of(FlinkJobId job) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("id", job.value())
                .mapTo(UUID.class)
                .findOne());
    }
}
