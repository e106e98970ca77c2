package io.millrace.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.Json;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.AttemptState;
import io.millrace.core.job.Author;
import io.millrace.core.job.CheckpointScheduler;
import io.millrace.core.job.Deletion;
import io.millrace.core.job.Deployment;
import io.millrace.core.job.DeploymentPhase;
import io.millrace.core.job.DesiredState;
import io.millrace.core.job.EndCause;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.Labels;
import io.millrace.core.job.ListedAttempt;
import io.millrace.core.job.Observation;
import io.millrace.core.job.ObservedState;
import io.millrace.core.job.Owner;
import io.millrace.core.job.Patience;
import io.millrace.core.job.StartFrom;
import io.millrace.core.job.StopKind;
import io.millrace.core.job.StopOperation;
import io.millrace.core.job.StopPhase;
import io.millrace.core.job.Tag;
import io.millrace.core.job.Wish;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows to records. Every query names its columns so that these find them. */
final class JobRows {
    /** Columns of a job that {@code j} stands for, in workspace {@code w}, with what {@code t} last saw of its cluster. */
    static final String JOB = """
            j.id, j.workspace_id, w.name AS workspace, j.name, j.tags, j.owner, j.version, j.generation, j.desired, j.wish, j.wish_version,
            j.wish_savepoint, j.wish_from, j.wish_snapshot, j.wish_partial,
            j.created_at, j.changed_at, j.observed, greatest(j.observed_at, t.seen_at) AS seen_at, t.unknown_since,
            j.reason, j.restore_path, j.failures, j.not_before
            """;

    /** Columns of an attempt that {@code a} stands for. */
    static final String ATTEMPT = """
            a.number AS a_number, a.flink_job_id AS a_flink_job_id, a.wish AS a_wish, a.version AS a_version,
            a.restore_path AS a_restore_path, a.state AS a_state, a.incarnation AS a_incarnation,
            a.first_sent_at AS a_first_sent_at, a.last_sent_at AS a_last_sent_at,
            a.running_since AS a_running_since, a.checkpoint_path AS a_checkpoint_path,
            a.checkpoint_id AS a_checkpoint_id, a.cause AS a_cause, a.evidence AS a_evidence,
            a.ended_at AS a_ended_at
            """;

    /** Columns of the deployment that {@code d} stands for. */
    static final String DEPLOYMENT = """
            d.wish AS d_wish, d.from_version AS d_from_version, d.to_version AS d_to_version,
            d.restore_path AS d_restore_path, d.phase AS d_phase, d.outcome AS d_outcome,
            d.created_at AS d_created_at, d.changed_at AS d_changed_at
            """;

    /** The version that the next attempt of {@code j} runs, as {@code d} says. */
    static final String NEXT_VERSION =
            "CASE WHEN d.phase IN ('RETURNING', 'RETURNED', 'FAILED') THEN d.from_version ELSE j.wish_version END";

    /** Columns of a version that {@code v} stands for. */
    static final String SPEC = """
            v.script, v.mode, v.target, v.parallelism, v.checkpoint_ms, v.checkpoint_scheduler, v.description, v.settings::text AS settings
            """;

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private JobRows() {}

    static Job job(ResultSet row) throws SQLException {
        Wish wish = new Wish(
                DesiredState.valueOf(row.getString("desired")),
                row.getLong("wish"),
                row.getLong("wish_version"),
                row.getBoolean("wish_savepoint"),
                new StartFrom(
                        StartFrom.Mode.valueOf(row.getString("wish_from")),
                        Optional.ofNullable(row.getString("wish_snapshot")),
                        row.getBoolean("wish_partial")));
        Observation observation = new Observation(
                ObservedState.valueOf(row.getString("observed")),
                required(instant(row, "seen_at"), "seen_at"),
                Optional.ofNullable(instant(row, "unknown_since")),
                row.getString("reason"));
        return new Job(
                id(row, "id"),
                workspace(row),
                new JobName(row.getString("name")),
                labels(row),
                wish,
                row.getLong("version"),
                row.getLong("generation"),
                observation,
                Optional.ofNullable(row.getString("restore_path")),
                new Patience(row.getInt("failures"), Optional.ofNullable(instant(row, "not_before"))),
                required(instant(row, "created_at"), "created_at"),
                required(instant(row, "changed_at"), "changed_at"));
    }

    private static Labels labels(ResultSet row) throws SQLException {
        Array tags = row.getArray("tags");
        String owner = row.getString("owner");
        return new Labels(
                Arrays.stream((String[]) tags.getArray()).map(Tag::new).toList(),
                owner.isEmpty() ? Optional.empty() : Optional.of(Owner.fromString(owner)));
    }

    static WorkspaceRef workspace(ResultSet row) throws SQLException {
        return new WorkspaceRef(
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                new WorkspaceName(row.getString("workspace")));
    }

    /** Empty unless it is in the bin. */
    static Optional<Deletion> deletion(ResultSet row) throws SQLException {
        Instant at = instant(row, "deleted_at");
        return at == null ? Optional.empty() : Optional.of(new Deletion(at, row.getString("deleted_by")));
    }

    /** What nobody known wrote runs with nobody's rights. */
    static Author author(ResultSet row) throws SQLException {
        UUID id = row.getObject("author_id", UUID.class);
        return new Author(id == null ? new UUID(0, 0) : id, row.getString("author"));
    }

    static JobSpec spec(ResultSet row) throws SQLException {
        long checkpoint = row.getLong("checkpoint_ms");
        Optional<Duration> every = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(checkpoint));
        return new JobSpec(
                row.getString("script"),
                JobMode.valueOf(row.getString("mode")),
                new TargetName(row.getString("target")),
                row.getInt("parallelism"),
                every,
                CheckpointScheduler.valueOf(row.getString("checkpoint_scheduler")),
                Optional.ofNullable(row.getString("description")),
                settings(row.getString("settings")));
    }

    static String settings(Map<String, String> settings) {
        try {
            return Json.strict().writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    /** Null for none. */
    static @Nullable String objects(Optional<List<ScriptObject>> objects) {
        try {
            return objects.isEmpty() ? null : Json.strict().writeValueAsString(objects.get());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names of objects are always JSON", e);
        }
    }

    static Optional<List<ScriptObject>> objects(@Nullable String json) {
        try {
            return json == null
                    ? Optional.empty()
                    : Optional.of(Json.strict().readValue(json, new TypeReference<List<ScriptObject>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job_version.objects is not a list of objects", e);
        }
    }

    private static Map<String, String> settings(String json) {
        try {
            return Json.strict().readValue(json, STRINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job_version.settings is not an object of strings", e);
        }
    }

    /** Empty when the outer join found none. */
    static Optional<Attempt> attempt(ResultSet row) throws SQLException {
        int number = row.getInt("a_number");
        if (row.wasNull()) {
            return Optional.empty();
        }
        String incarnation = row.getString("a_incarnation");
        Optional<Attempt.Sent> sent = incarnation == null
                ? Optional.empty()
                : Optional.of(new Attempt.Sent(
                        incarnation,
                        required(instant(row, "a_first_sent_at"), "first_sent_at"),
                        required(instant(row, "a_last_sent_at"), "last_sent_at")));
        String cause = row.getString("a_cause");
        Optional<Attempt.End> end = cause == null
                ? Optional.empty()
                : Optional.of(new Attempt.End(
                        EndCause.valueOf(cause),
                        row.getString("a_evidence"),
                        required(instant(row, "a_ended_at"), "ended_at")));
        return Optional.of(new Attempt(
                id(row, "id"),
                number,
                new FlinkJobId(row.getString("a_flink_job_id")),
                row.getLong("a_wish"),
                row.getLong("a_version"),
                Optional.ofNullable(row.getString("a_restore_path")),
                AttemptState.valueOf(row.getString("a_state")),
                sent,
                Optional.ofNullable(instant(row, "a_running_since")),
                snapshot(row, "a_checkpoint_path", "a_checkpoint_id"),
                end));
    }

    static ListedAttempt listedAttempt(ResultSet row) throws SQLException {
        String kind = row.getString("f_kind");
        Optional<ListedAttempt.Why> why = kind == null
                ? Optional.empty()
                : Optional.of(new ListedAttempt.Why(
                        FailureKind.valueOf(kind), row.getString("f_cause"), required(instant(row, "f_at"), "f_at")));
        return new ListedAttempt(attempt(row).orElseThrow(), why);
    }

    /** Empty when the outer join found none. */
    static Optional<Deployment> deployment(JobId job, ResultSet row) throws SQLException {
        String phase = row.getString("d_phase");
        return phase == null
                ? Optional.empty()
                : Optional.of(new Deployment(
                        job,
                        row.getLong("d_wish"),
                        row.getLong("d_from_version"),
                        row.getLong("d_to_version"),
                        Optional.ofNullable(row.getString("d_restore_path")),
                        DeploymentPhase.valueOf(phase),
                        row.getString("d_outcome"),
                        required(instant(row, "d_created_at"), "created_at"),
                        required(instant(row, "d_changed_at"), "changed_at")));
    }

    static StopOperation stop(ResultSet row) throws SQLException {
        return new StopOperation(
                row.getObject("id", UUID.class),
                id(row, "job_id"),
                row.getInt("attempt"),
                row.getLong("wish"),
                StopKind.valueOf(row.getString("kind")),
                row.getString("trigger_id"),
                row.getString("directory"),
                StopPhase.valueOf(row.getString("phase")),
                snapshot(row, "savepoint_path", "savepoint_id"),
                row.getString("outcome"),
                required(instant(row, "created_at"), "created_at"),
                required(instant(row, "changed_at"), "changed_at"));
    }

    static JobEvent event(ResultSet row) throws SQLException {
        int attempt = row.getInt("attempt");
        Optional<Integer> number = row.wasNull() ? Optional.empty() : Optional.of(attempt);
        return new JobEvent(
                row.getLong("id"),
                required(instant(row, "at"), "at"),
                EventKind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("from_state")).map(ObservedState::valueOf),
                Optional.ofNullable(row.getString("to_state")).map(ObservedState::valueOf),
                number,
                row.getString("reason"),
                row.getString("actor"));
    }

    private static Optional<Snapshot> snapshot(ResultSet row, String path, String number) throws SQLException {
        String text = row.getString(path);
        return text == null ? Optional.empty() : Optional.of(new Snapshot(text, row.getLong(number)));
    }

    static JobId id(ResultSet row, String column) throws SQLException {
        return new JobId(row.getObject(column, UUID.class));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant required(@Nullable Instant value, String column) {
        if (value == null) {
            throw new IllegalStateException(column + " is null");
        }
        return value;
    }
}
