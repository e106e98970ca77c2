package io.millrace.server.job;

import io.millrace.core.job.Attempt;
import io.millrace.core.job.Deployment;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.Owner;
import io.millrace.core.job.StopOperation;
import io.millrace.core.job.Tag;
import io.millrace.core.lineage.RunMoment;
import io.millrace.core.target.Failure;
import io.millrace.core.target.Snapshot;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Records to rows, inside the caller's transaction. */
final class JobWrites {
    private JobWrites() {}

    /** The columns that people own. */
    static <S extends SqlStatement<S>> S bind(S statement, Job job) {
        return statement
                .bind("id", job.id().value())
                .bindArray(
                        "tags",
                        String.class,
                        job.labels().tags().stream().map(Tag::value).toArray())
                .bind("owner", job.labels().owner().map(Owner::toString).orElse(""))
                .bind("version", job.version())
                .bind("generation", job.generation())
                .bind("desired", job.desired().name())
                .bind("wish", job.wish().number())
                .bind("wish_version", job.wish().version())
                .bind("wish_savepoint", job.wish().savepoint())
                .bind("wish_from", job.wish().from().mode().name())
                .bind("wish_snapshot", job.wish().from().snapshot().orElse(null))
                .bind("wish_partial", job.wish().from().partial())
                .bind("failures", job.patience().failures())
                .bind("not_before", time(job.patience().notBefore()))
                .bind("changed_at", time(job.changedAt()));
    }

    static void insert(Handle handle, JobVersion version) {
        handle.createUpdate("""
                        INSERT INTO job_version (job_id, version, script, mode, target, parallelism, checkpoint_ms,
                            checkpoint_scheduler, description, settings, author_id, author, message, created_at, objects)
                        VALUES (:job_id, :version, :script, :mode, :target, :parallelism, :checkpoint_ms,
                            :checkpoint_scheduler, :description, :settings::jsonb, :author_id, :author, :message,
                            :created_at, CAST(:objects AS jsonb))
                        """)
                .bind("job_id", version.job().value())
                .bind("version", version.version())
                .bind("script", version.spec().script())
                .bind("mode", version.spec().mode().name())
                .bind("target", version.spec().target().value())
                .bind("parallelism", version.spec().parallelism())
                .bind(
                        "checkpoint_ms",
                        version.spec().checkpoint().map(Duration::toMillis).orElse(null))
                .bind("checkpoint_scheduler", version.spec().scheduler().name())
                .bind("description", version.spec().description().orElse(null))
                .bind("settings", JobRows.settings(version.spec().settings()))
                .bind("author_id", version.author().id())
                .bind("author", version.author().name())
                .bind("message", version.message())
                .bind("created_at", time(version.createdAt()))
                .bind("objects", JobRows.objects(version.objects()))
                .execute();
        handle.createUpdate("UPDATE job SET description = :description WHERE id = :job")
                .bind("description", version.spec().description().orElse(null))
                .bind("job", version.job().value())
                .execute();
    }

    static void insert(Handle handle, JobId job, JobEvent event) {
        handle.createUpdate("""
                        INSERT INTO job_event (job_id, at, kind, from_state, to_state, attempt, reason, actor)
                        VALUES (:job_id, :at, :kind, :from_state, :to_state, :attempt, :reason, :actor)
                        """)
                .bind("job_id", job.value())
                .bind("at", time(event.at()))
                .bind("kind", event.kind().name())
                .bind("from_state", event.from().map(Enum::name).orElse(null))
                .bind("to_state", event.to().map(Enum::name).orElse(null))
                .bind("attempt", event.attempt().orElse(null))
                .bind("reason", event.reason())
                .bind("actor", event.actor())
                .execute();
    }

    /** Notes what is to be told about a run. May be repeated: each moment is told once. */
    static void tell(Handle handle, Job job, Attempt attempt, List<RunMoment> moments, Instant now) {
        for (RunMoment moment : moments) {
            Instant at = switch (moment) {
                case START -> attempt.sent().map(Attempt.Sent::first).orElse(now);
                case RUNNING -> attempt.runningSince().orElse(now);
                case COMPLETE, FAIL, ABORT -> attempt.end().map(Attempt.End::at).orElse(now);
            };
            handle.createUpdate("""
                            INSERT INTO run_event (job_id, job_name, version, attempt, moment, at, evidence)
                            VALUES (:job_id, :job_name, :version, :attempt, :moment, :at, :evidence)
                            ON CONFLICT (job_id, attempt, moment) DO NOTHING
                            """)
                    .bind("job_id", job.id().value())
                    .bind("job_name", job.fullName())
                    .bind("version", attempt.version())
                    .bind("attempt", attempt.number())
                    .bind("moment", moment.name())
                    .bind("at", time(at))
                    .bind("evidence", attempt.end().map(Attempt.End::evidence).orElse(null))
                    .execute();
        }
    }

    static void put(Handle handle, Attempt attempt) {
        handle.createUpdate("""
                        INSERT INTO attempt (job_id, number, flink_job_id, wish, version, restore_path, state,
                            incarnation, first_sent_at, last_sent_at, running_since, checkpoint_path, checkpoint_id,
                            cause, evidence, ended_at)
                        VALUES (:job_id, :number, :flink_job_id, :wish, :version, :restore_path, :state,
                            :incarnation, :first_sent_at, :last_sent_at, :running_since, :checkpoint_path,
                            :checkpoint_id, :cause, :evidence, :ended_at)
                        ON CONFLICT (job_id, number) DO UPDATE SET wish = :wish, state = :state,
                            incarnation = :incarnation, first_sent_at = :first_sent_at, last_sent_at = :last_sent_at,
                            running_since = :running_since, checkpoint_path = :checkpoint_path,
                            checkpoint_id = :checkpoint_id, cause = :cause, evidence = :evidence,
                            ended_at = :ended_at
                        """)
                .bind("job_id", attempt.job().value())
                .bind("number", attempt.number())
                .bind("flink_job_id", attempt.flinkJobId().value())
                .bind("wish", attempt.wish())
                .bind("version", attempt.version())
                .bind("restore_path", attempt.restorePath().orElse(null))
                .bind("state", attempt.state().name())
                .bind(
                        "incarnation",
                        attempt.sent().map(Attempt.Sent::incarnation).orElse(null))
                .bind("first_sent_at", time(attempt.sent().map(Attempt.Sent::first)))
                .bind("last_sent_at", time(attempt.sent().map(Attempt.Sent::last)))
                .bind("running_since", time(attempt.runningSince()))
                .bind(
                        "checkpoint_path",
                        attempt.checkpoint().map(Snapshot::path).orElse(null))
                .bind(
                        "checkpoint_id",
                        attempt.checkpoint().map(Snapshot::checkpointId).orElse(null))
                .bind("cause", attempt.end().map(end -> end.cause().name()).orElse(null))
                .bind("evidence", attempt.end().map(Attempt.End::evidence).orElse(null))
                .bind("ended_at", time(attempt.end().map(Attempt.End::at)))
                .execute();
    }

    /** What is known of a failure of the attempt takes the place of an earlier one, and so will its bundle. */
    static void put(Handle handle, Attempt attempt, Failure failure) {
        handle.createUpdate("""
                        INSERT INTO attempt_failure (job_id, attempt, kind, cause, exception, at)
                        VALUES (:job_id, :attempt, :kind, :cause, :exception, :at)
                        ON CONFLICT (job_id, attempt) DO UPDATE SET kind = :kind, cause = :cause,
                            exception = :exception, at = :at, bundle = 'WANTED', bundle_tries = 0
                        """)
                .bind("job_id", attempt.job().value())
                .bind("attempt", attempt.number())
                .bind("kind", failure.kind().name())
                .bind("cause", withoutNul(failure.cause()))
                .bind("exception", withoutNul(failure.exception()))
                .bind("at", time(failure.at()))
                .execute();
    }

    /** PostgreSQL takes every character but this one. */
    private static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static void put(Handle handle, StopOperation stop) {
        handle.createUpdate("""
                        INSERT INTO stop_operation (id, job_id, attempt, wish, kind, trigger_id, directory, phase,
                            savepoint_path, savepoint_id, outcome, created_at, changed_at)
                        VALUES (:id, :job_id, :attempt, :wish, :kind, :trigger_id, :directory, :phase,
                            :savepoint_path, :savepoint_id, :outcome, :created_at, :changed_at)
                        ON CONFLICT (id) DO UPDATE SET phase = :phase, savepoint_path = :savepoint_path,
                            savepoint_id = :savepoint_id, outcome = :outcome, changed_at = :changed_at
                        """)
                .bind("id", stop.id())
                .bind("job_id", stop.job().value())
                .bind("attempt", stop.attempt())
                .bind("wish", stop.wish())
                .bind("kind", stop.kind().name())
                .bind("trigger_id", stop.triggerId())
                .bind("directory", stop.directory())
                .bind("phase", stop.phase().name())
                .bind("savepoint_path", stop.savepoint().map(Snapshot::path).orElse(null))
                .bind(
                        "savepoint_id",
                        stop.savepoint().map(Snapshot::checkpointId).orElse(null))
                .bind("outcome", stop.outcome())
                .bind("created_at", time(stop.createdAt()))
                .bind("changed_at", time(stop.changedAt()))
                .execute();
    }

    static void put(Handle handle, Deployment deployment) {
        handle.createUpdate("""
                        INSERT INTO deployment (job_id, wish, from_version, to_version, restore_path, phase, outcome,
                            created_at, changed_at)
                        VALUES (:job_id, :wish, :from_version, :to_version, :restore_path, :phase, :outcome,
                            :created_at, :changed_at)
                        ON CONFLICT (job_id, wish) DO UPDATE SET restore_path = :restore_path, phase = :phase,
                            outcome = :outcome, changed_at = :changed_at
                        """)
                .bind("job_id", deployment.job().value())
                .bind("wish", deployment.wish())
                .bind("from_version", deployment.from())
                .bind("to_version", deployment.to())
                .bind("restore_path", deployment.restorePath().orElse(null))
                .bind("phase", deployment.phase().name())
                .bind("outcome", deployment.outcome())
                .bind("created_at", time(deployment.createdAt()))
                .bind("changed_at", time(deployment.changedAt()))
                .execute();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<OffsetDateTime> time(Optional<Instant> instant) {
        return instant.map(JobWrites::time);
    }
}
