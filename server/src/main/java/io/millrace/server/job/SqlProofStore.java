package io.millrace.server.job;

import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.Lease;
import io.millrace.core.job.Proof;
import io.millrace.core.job.ProofPhase;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.ProofVerdict;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link ProofStore} in PostgreSQL. */
final class SqlProofStore implements ProofStore {
    private static final String SELECT = """
            SELECT id, job_id, job_name, target, from_version, version, drops, kept, author, snapshot_id, snapshot_path,
                phase, flink_job_id, sent_at, deadline, verdict, outcome, created_at, changed_at
            FROM proof
            """;

    private final Jdbi jdbi;

    SqlProofStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean add(Proof proof, JobEvent event) {
        return jdbi.inTransaction(handle -> {
            if (proof.entry().isPresent() && !stays(handle, proof.entry().get())) {
                return false;
            }
            boolean added = bind(handle.createUpdate("""
                            INSERT INTO proof (id, job_id, job_name, target, from_version, version, drops, kept, author,
                                snapshot_id, snapshot_path, phase, flink_job_id, sent_at, deadline, verdict, outcome,
                                created_at, changed_at)
                            SELECT :id, j.id, :job_name, :target, :from, :version, :drops, :kept, :author,
                                CAST(:snapshot_id AS uuid), :snapshot_path, :phase, :flink_job_id,
                                CAST(:sent_at AS timestamptz), CAST(:deadline AS timestamptz), :verdict, :outcome,
                                :created_at, :changed_at
                            FROM job j WHERE j.id = :job FOR KEY SHARE
                            ON CONFLICT DO NOTHING
                            """), proof)
                            .bind("job", proof.what().job().value())
                            .bind("job_name", proof.what().name())
                            .bind("target", proof.what().target().value())
                            .bind("from", proof.what().from())
                            .bind("version", proof.what().version())
                            .bind("drops", proof.what().drops())
                            .bind("kept", proof.what().kept())
                            .bind("author", proof.what().author())
                            .bind("snapshot_id", proof.entry().orElse(null))
                            .bind("created_at", time(proof.createdAt()))
                            .execute()
                    == 1;
            if (added) {
                JobWrites.insert(handle, proof.what().job(), event);
            }
            return added;
        });
    }

    /** Nobody begins to delete it until the caller's transaction ends. */
    private static boolean stays(Handle handle, UUID snapshot) {
        return handle.createQuery("SELECT phase <> 'DISPOSING' FROM snapshot WHERE id = :id FOR SHARE")
                .bind("id", snapshot)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Proof proof) {
        return statement
                .bind("id", proof.id())
                .bind("snapshot_path", proof.path().orElse(null))
                .bind("phase", proof.phase().name())
                .bind(
                        "flink_job_id",
                        proof.sent().map(sent -> sent.id().value()).orElse(null))
                .bind("sent_at", time(proof.sent().map(Proof.Sent::at)))
                .bind("deadline", time(proof.sent().map(Proof.Sent::deadline)))
                .bind("verdict", proof.verdict().map(ProofVerdict::name).orElse(null))
                .bind("outcome", proof.outcome())
                .bind("changed_at", time(proof.changedAt()));
    }

    @Override
    public Optional<Proof> find(UUID id) {
        return jdbi.withHandle(
                handle -> list(handle.createQuery(SELECT + "WHERE id = :id").bind("id", id)).stream()
                        .findFirst());
    }

    @Override
    public List<Proof> of(JobId job, Instant before, int limit) {
        return jdbi.withHandle(handle -> list(handle.createQuery(SELECT + """
                        WHERE job_id = :job AND created_at < :before ORDER BY created_at DESC, id LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("before", time(before))
                .bind("limit", limit)));
    }

    @Override
    public List<Proof> open(TargetName target) {
        return jdbi.withHandle(
                handle -> list(handle.createQuery(SELECT + "WHERE target = :target AND phase <> 'OVER' ORDER BY id")
                        .bind("target", target.value())));
    }

    /** Those of a job that are not over. */
    static List<Proof> open(Handle handle, JobId job) {
        return list(handle.createQuery(SELECT + "WHERE job_id = :job AND phase <> 'OVER'")
                .bind("job", job.value()));
    }

    @Override
    public Set<FlinkJobId> live(Set<FlinkJobId> ids, Instant now) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        SELECT flink_job_id FROM proof
                        WHERE phase <> 'OVER' AND deadline > :limit AND flink_job_id = ANY (:ids)
                        """)
                .bind("limit", time(now.minus(Proof.GRACE)))
                .bindArray(
                        "ids", String.class, ids.stream().map(FlinkJobId::value).toArray())
                .mapTo(String.class)
                .stream()
                .map(FlinkJobId::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public boolean commit(Lease lease, Proof before, Proof next, Optional<JobEvent> event) {
        return jdbi.inTransaction(handle -> {
            SqlAttemptStore.require(handle, lease);
            boolean written = bind(handle.createUpdate("""
                            UPDATE proof SET snapshot_path = :snapshot_path, phase = :phase,
                                flink_job_id = :flink_job_id, sent_at = :sent_at, deadline = :deadline,
                                verdict = :verdict, outcome = :outcome, changed_at = :changed_at
                            WHERE id = :id AND phase = :before
                            """), next)
                            .bind("before", before.phase().name())
                            .execute()
                    == 1;
            if (written) {
                event.ifPresent(told -> JobWrites.insert(handle, next.what().job(), told));
            }
            return written;
        });
    }

    private static List<Proof> list(Query query) {
        return query.map((row, context) -> proof(row)).list();
    }

    private static Proof proof(ResultSet row) throws SQLException {
        return new Proof(
                row.getObject("id", UUID.class),
                new Proof.What(
                        JobRows.id(row, "job_id"),
                        row.getString("job_name"),
                        new TargetName(row.getString("target")),
                        row.getLong("from_version"),
                        row.getLong("version"),
                        row.getBoolean("drops"),
                        row.getInt("kept"),
                        row.getString("author")),
                Optional.ofNullable(row.getObject("snapshot_id", UUID.class)),
                Optional.ofNullable(row.getString("snapshot_path")),
                ProofPhase.valueOf(row.getString("phase")),
                sent(row),
                Optional.ofNullable(row.getString("verdict")).map(ProofVerdict::valueOf),
                row.getString("outcome"),
                JobRows.required(JobRows.instant(row, "created_at"), "created_at"),
                JobRows.required(JobRows.instant(row, "changed_at"), "changed_at"));
    }

    private static Optional<Proof.Sent> sent(ResultSet row) throws SQLException {
        String id = row.getString("flink_job_id");
        return id == null
                ? Optional.empty()
                : Optional.of(new Proof.Sent(
                        new FlinkJobId(id),
                        JobRows.required(JobRows.instant(row, "sent_at"), "sent_at"),
                        JobRows.required(JobRows.instant(row, "deadline"), "deadline")));
    }
}
