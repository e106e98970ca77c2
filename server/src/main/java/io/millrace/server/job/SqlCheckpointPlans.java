package io.millrace.server.job;

import io.millrace.core.job.CheckpointPlan;
import io.millrace.core.job.CheckpointPlans;
import io.millrace.core.job.CheckpointTimer.Timed;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link CheckpointPlans} in PostgreSQL. */
final class SqlCheckpointPlans implements CheckpointPlans {
    private final Jdbi jdbi;

    SqlCheckpointPlans(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<CheckpointPlan> find(JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT running, interval_ms, min_pause_ms, changed_by, changed_at
                        FROM checkpoint_plan WHERE job_id = :job
                        """)
                .bind("job", job.value())
                .map((row, context) -> new CheckpointPlan(
                        row.getBoolean("running"),
                        Optional.ofNullable(row.getObject("interval_ms", Long.class))
                                .map(Duration::ofMillis),
                        Duration.ofMillis(row.getLong("min_pause_ms")),
                        row.getString("changed_by"),
                        JobRows.required(JobRows.instant(row, "changed_at"), "changed_at")))
                .findOne());
    }

    @Override
    public void put(JobId job, CheckpointPlan plan, JobEvent event) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO checkpoint_plan (job_id, running, interval_ms, min_pause_ms, changed_by, changed_at)
                            VALUES (:job, :running, :interval, :pause, :by, :at)
                            ON CONFLICT (job_id) DO UPDATE SET running = :running, interval_ms = :interval,
                                min_pause_ms = :pause, changed_by = :by, changed_at = :at
                            """)
                    .bind("job", job.value())
                    .bind("running", plan.running())
                    .bind("interval", plan.interval().map(Duration::toMillis).orElse(null))
                    .bind("pause", plan.minPause().toMillis())
                    .bind("by", plan.changedBy())
                    .bind("at", JobWrites.time(plan.changedAt()))
                    .execute();
            JobWrites.insert(handle, job, event);
        });
    }

    @Override
    public void note(JobId job, JobEvent event) {
        jdbi.useHandle(handle -> JobWrites.insert(handle, job, event));
    }

    @Override
    public Map<TargetName, List<Timed>> timed() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT v.target, a.job_id, a.flink_job_id, coalesce(p.interval_ms, v.checkpoint_ms) AS interval_ms,
                            coalesce(p.min_pause_ms, 0) AS min_pause_ms
                        FROM attempt a
                        JOIN job j ON j.id = a.job_id
                        JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version
                        LEFT JOIN checkpoint_plan p ON p.job_id = a.job_id
                        WHERE a.state = 'SUBMITTED' AND v.checkpoint_scheduler = 'SERVER' AND j.observed = 'RUNNING'
                            AND coalesce(p.running, true)
                        """)
                .map((row, context) -> Map.entry(
                        new TargetName(row.getString("target")),
                        new Timed(
                                JobRows.id(row, "job_id"),
                                new FlinkJobId(row.getString("flink_job_id")),
                                Duration.ofMillis(row.getLong("interval_ms")),
                                Duration.ofMillis(row.getLong("min_pause_ms")))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }
}
