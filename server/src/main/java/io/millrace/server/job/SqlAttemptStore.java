package io.millrace.server.job;

import static io.millrace.server.job.JobRows.ATTEMPT;
import static io.millrace.server.job.JobRows.DEPLOYMENT;
import static io.millrace.server.job.JobRows.JOB;
import static io.millrace.server.job.JobRows.NEXT_VERSION;
import static io.millrace.server.job.JobRows.SPEC;
import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.Attempt;
import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseLostException;
import io.millrace.core.job.Step;
import io.millrace.core.job.StopOperation;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.job.Todo;
import io.millrace.core.job.Work;
import io.millrace.core.lineage.RunMoment;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link AttemptStore} in PostgreSQL. */
final class SqlAttemptStore implements AttemptStore {
    /** One row for each job; one without a job when there is none. */
    private static final String WORK = """
            SELECT
                EXISTS (SELECT FROM snapshot s WHERE s.target = :target AND DUE) AS snapshots,
                EXISTS (SELECT FROM proof p WHERE p.target = :target AND p.phase <> 'OVER') AS proofs,
                work.*
            FROM (SELECT) one LEFT JOIN (
            SELECT j.id, a.flink_job_id,
                coalesce(a.state = 'SUBMITTED' AND a.wish = j.wish AND j.desired = 'RUNNING'
                    AND j.observed = 'RUNNING' AND NOT EXISTS (SELECT FROM stop_operation s
                        WHERE s.job_id = j.id AND s.phase IN ('INTENT', 'REQUESTED'))
                    AND coalesce(d.phase, '') NOT IN ('REPLACING', 'VERIFYING', 'RETURNING'), false) AS settled,
                v.mode = 'BATCH' OR a.checkpoint_path IS NOT NULL AS proven
            FROM job j
            LEFT JOIN attempt a ON a.job_id = j.id AND a.state <> 'ENDED'
            LEFT JOIN deployment d ON d.job_id = j.id AND d.wish = j.wish
            JOIN job_version v ON v.job_id = j.id AND v.version = coalesce(a.version, NEXT_VERSION)
            WHERE NOT j.at_rest AND v.target = :target
            ORDER BY j.id
            ) work ON true
            """.replace("NEXT_VERSION", NEXT_VERSION).replace("DUE", SqlSnapshotLedger.DUE);

    private static final String LOAD = "SELECT " + JOB + ", " + ATTEMPT + ", " + DEPLOYMENT + ", " + SPEC
            + """
            FROM job j
            JOIN workspace w ON w.id = j.workspace_id
            LEFT JOIN attempt a ON a.job_id = j.id AND a.number = j.attempt
            LEFT JOIN deployment d ON d.job_id = j.id AND d.wish = j.wish
            JOIN job_version v ON v.job_id = j.id
                AND v.version = CASE WHEN a.state <> 'ENDED' THEN a.version ELSE NEXT_VERSION END
            LEFT JOIN (SELECT NULL::timestamptz AS seen_at, NULL::timestamptz AS unknown_since) t ON true
            WHERE j.id = :id
            """.replace("NEXT_VERSION", NEXT_VERSION);

    private static final String STOP = """
            SELECT id, job_id, attempt, wish, kind, trigger_id, directory, phase, savepoint_path, savepoint_id, outcome,
                created_at, changed_at
            FROM stop_operation WHERE job_id = :job AND attempt = :attempt ORDER BY created_at DESC, id LIMIT 1
            """;

    private final Jdbi jdbi;
    private final boolean told;

    /** {@code told}: whether somebody is to be told about runs, so that what happens to them is written down. */
    SqlAttemptStore(Jdbi jdbi, boolean told) {
        this.jdbi = jdbi;
        this.told = told;
    }

    @Override
    public Todo todo(TargetName target) {
        return jdbi.withHandle(handle -> handle.createQuery(WORK)
                .bind("target", target.value())
                .scanResultSet((rows, context) -> {
                    ResultSet row = rows.get();
                    List<Work> jobs = new ArrayList<>();
                    boolean snapshots = false;
                    boolean proofs = false;
                    while (row.next()) {
                        snapshots = row.getBoolean("snapshots");
                        proofs = row.getBoolean("proofs");
                        if (row.getObject("id") != null) {
                            jobs.add(work(row));
                        }
                    }
                    return new Todo(jobs, snapshots, proofs);
                }));
    }

    private static Work work(ResultSet row) throws SQLException {
        return new Work(
                JobRows.id(row, "id"),
                Optional.ofNullable(row.getString("flink_job_id")).map(FlinkJobId::new),
                row.getBoolean("settled"),
                row.getBoolean("proven"));
    }

    @Override
    public Optional<JobState> load(JobId id) {
        return jdbi.inTransaction(handle -> load(handle, id));
    }

    static Optional<JobState> load(Handle handle, JobId id) {
        return handle.createQuery(LOAD)
                .bind("id", id.value())
                .map((row, context) -> new JobState(
                        JobRows.job(row),
                        JobRows.attempt(row),
                        Optional.empty(),
                        JobRows.deployment(id, row),
                        JobRows.spec(row)))
                .findOne()
                .map(state -> withStop(handle, state));
    }

    private static JobState withStop(Handle handle, JobState state) {
        Optional<StopOperation> stop = state.attempt()
                .flatMap(attempt -> handle.createQuery(STOP)
                        .bind("job", attempt.job().value())
                        .bind("attempt", attempt.number())
                        .map((row, context) -> JobRows.stop(row))
                        .findOne());
        return new JobState(state.job(), state.attempt(), stop, state.deployment(), state.spec());
    }

    @Override
    public boolean commit(Lease lease, JobState before, Step step) {
        return jdbi.inTransaction(handle -> {
            require(handle, lease);
            JobState next = step.next();
            if (!written(handle, before.job().generation(), next)) {
                return false;
            }
            next.attempt()
                    .filter(attempt -> !before.attempt().equals(next.attempt()))
                    .ifPresent(attempt -> {
                        JobWrites.put(handle, attempt);
                        if (told) {
                            Instant now = next.job().observation().seenAt();
                            JobWrites.tell(
                                    handle, next.job(), attempt, RunMoment.between(before.attempt(), attempt), now);
                        }
                    });
            step.failure().ifPresent(why -> JobWrites.put(handle, next.attempt().orElseThrow(), why));
            next.stop()
                    .filter(stop -> !before.stop().equals(next.stop()))
                    .ifPresent(stop -> JobWrites.put(handle, stop));
            next.deployment()
                    .filter(deployment -> !before.deployment().equals(next.deployment()))
                    .ifPresent(deployment -> JobWrites.put(handle, deployment));
            step.events().forEach(event -> JobWrites.insert(handle, next.job().id(), event));
            step.snapshots().forEach(entry -> SnapshotRows.insert(handle, entry));
            return true;
        });
    }

    private static boolean written(Handle handle, long generation, JobState next) {
        Job job = next.job();
        return handle.createUpdate("""
                                UPDATE job SET observed = :observed, observed_at = :observed_at, reason = :reason,
                                    restore_path = :restore_path, failures = :failures, not_before = :not_before,
                                    attempt = :attempt, at_rest = :at_rest
                                WHERE id = :id AND generation = :generation
                                """)
                        .bind("id", job.id().value())
                        .bind("generation", generation)
                        .bind("observed", job.observed().name())
                        .bind("observed_at", time(job.observation().seenAt()))
                        .bind("reason", job.observation().reason())
                        .bind("restore_path", job.restorePath().orElse(null))
                        .bind("failures", job.patience().failures())
                        .bind("not_before", time(job.patience().notBefore()))
                        .bind("attempt", next.attempt().map(Attempt::number).orElse(0))
                        .bind("at_rest", next.atRest())
                        .execute()
                == 1;
    }

    @Override
    public Set<FlinkJobId> live(Set<FlinkJobId> ids) {
        return jdbi.withHandle(handle -> handle
                .createQuery("SELECT flink_job_id FROM attempt WHERE state <> 'ENDED' AND flink_job_id = ANY (:ids)")
                .bindArray(
                        "ids", String.class, ids.stream().map(FlinkJobId::value).toArray())
                .mapTo(String.class)
                .stream()
                .map(FlinkJobId::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public void note(Lease lease, FlinkJobId id, JobEvent event) {
        jdbi.useTransaction(handle -> {
            require(handle, lease);
            handle.createUpdate("""
                            INSERT INTO job_event (job_id, at, kind, attempt, reason, actor)
                            SELECT job_id, :at, :kind, number, :reason, :actor FROM attempt WHERE flink_job_id = :id
                            """)
                    .bind("id", id.value())
                    .bind("at", time(event.at()))
                    .bind("kind", event.kind().name())
                    .bind("reason", event.reason())
                    .bind("actor", event.actor())
                    .execute();
        });
    }

    /** Locks the leases in the order in which all do who lock several. */
    @Override
    public Set<Lease> seen(Map<Lease, TargetSeen> sightings) {
        List<Lease> leases = List.copyOf(sightings.keySet());
        List<TargetSeen> seen = leases.stream().map(sightings::get).toList();
        Set<String> written = jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO target_seen
                            (target, flink_version, slots_total, slots_free, seen_at, unknown_since)
                        SELECT target, flink_version, slots_total, slots_free, seen_at, unknown_since
                        FROM (SELECT mine.* FROM lease l
                            JOIN unnest(:targets, :epochs, :flink_versions, :slots_total, :slots_free,
                                :seen_at::timestamptz[], :unknown_since::timestamptz[]) AS mine
                                (target, epoch, flink_version, slots_total, slots_free, seen_at, unknown_since)
                            ON mine.target = l.target AND mine.epoch = l.epoch
                            ORDER BY l.target FOR SHARE OF l) held
                        ON CONFLICT (target) DO UPDATE SET flink_version = excluded.flink_version,
                            slots_total = excluded.slots_total, slots_free = excluded.slots_free,
                            seen_at = excluded.seen_at, unknown_since = excluded.unknown_since
                        RETURNING target
                        """)
                .bindArray(
                        "targets",
                        String.class,
                        each(leases, lease -> lease.target().value()))
                .bindArray("epochs", Long.class, each(leases, Lease::epoch))
                .bindArray("flink_versions", String.class, each(seen, TargetSeen::flinkVersion))
                .bindArray("slots_total", Integer.class, each(seen, TargetSeen::slotsTotal))
                .bindArray("slots_free", Integer.class, each(seen, TargetSeen::slotsFree))
                .bindArray("seen_at", String.class, each(seen, one -> text(one.seenAt())))
                .bindArray("unknown_since", String.class, each(seen, one -> text(one.unknownSince())))
                .mapTo(String.class)
                .set());
        return leases.stream()
                .filter(lease -> !written.contains(lease.target().value()))
                .collect(Collectors.toSet());
    }

    private static <T> Object[] each(List<T> all, Function<T, @Nullable Object> part) {
        return all.stream().map(part).toArray();
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    /** Held until the transaction ends, so that nobody takes the lease over in between. */
    static void require(Handle handle, Lease lease) {
        boolean holds = handle.createQuery("SELECT 1 FROM lease WHERE target = :target AND epoch = :epoch FOR SHARE")
                .bind("target", lease.target().value())
                .bind("epoch", lease.epoch())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!holds) {
            throw new LeaseLostException(lease);
        }
    }
}
