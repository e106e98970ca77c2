package io.millrace.server.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointProgress;
import io.millrace.api.job.CheckpointRequestView;
import io.millrace.api.job.CheckpointView;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.FlinkJobId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checkpoints of one cluster's jobs, by Flink 2.3's REST API. Throws CLUSTER_UNAVAILABLE without a clear answer. */
public final class FlinkCheckpoints {
    private final FlinkRest rest;
    private final FlinkExceptions exceptions;

    FlinkCheckpoints(FlinkRest rest, FlinkExceptions exceptions) {
        this.rest = rest;
        this.exceptions = exceptions;
    }

    /**
     * The checkpoints of an attempt that Flink remembers, newest first, and how many there were.
     *
     * @param completed savepoints count
     */
    public record History(long completed, long failed, List<CheckpointView> latest) {
        /** That of an attempt that the cluster does not have. */
        public static final History NONE = new History(0, 0, List.of());
    }

    /**
     * Asks for a checkpoint now, whatever the job's own timing. Repeated with the same {@code id} it is one request.
     *
     * @return false when the cluster has no such job, or one that cannot make any at the moment
     */
    public boolean trigger(FlinkJobId job, CheckpointKind kind, String id) {
        String body = Json.write(Map.of("checkpointType", kind.name(), "triggerId", id));
        return rest.call("POST", "/jobs/" + job + "/checkpoints", body).ok();
    }

    /** What became of {@link #trigger}. */
    public CheckpointRequestView request(FlinkJobId job, String id) {
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job + "/checkpoints/" + id, null);
        if (!answer.ok()) {
            return new CheckpointRequestView(id, CheckpointProgress.UNKNOWN, null, null);
        }
        if (!answer.body().path("status").path("id").asText().equals("COMPLETED")) {
            return new CheckpointRequestView(id, CheckpointProgress.IN_PROGRESS, null, null);
        }
        JsonNode operation = answer.body().path("operation");
        if (operation.hasNonNull("checkpointId")) {
            long number = operation.path("checkpointId").asLong();
            return new CheckpointRequestView(id, CheckpointProgress.COMPLETED, number, null);
        }
        String trace = operation.path("failureCause").path("stack-trace").asText();
        return new CheckpointRequestView(id, CheckpointProgress.FAILED, null, exceptions.sentence(trace));
    }

    /** What Flink remembers. */
    public History history(FlinkJobId job) {
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job + "/checkpoints", null);
        if (!answer.ok()) {
            return History.NONE;
        }
        JsonNode counts = answer.body().path("counts");
        if (!counts.isObject()) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNAVAILABLE,
                    "The cluster's list of checkpoints of job " + job + " has no counts.");
        }
        List<CheckpointView> latest = new ArrayList<>();
        answer.body().path("history").forEach(each -> latest.add(view(each)));
        return new History(
                counts.path("completed").asLong(), counts.path("failed").asLong(), latest);
    }

    private static CheckpointView view(JsonNode of) {
        return new CheckpointView(
                of.path("id").asLong(),
                CheckpointProgress.valueOf(of.path("status").asText()),
                of.path("checkpoint_type").asText(),
                Instant.ofEpochMilli(of.path("trigger_timestamp").asLong()),
                of.path("end_to_end_duration").asLong(),
                of.path("checkpointed_size").asLong(),
                of.path("state_size").asLong(),
                text(of, "external_path"),
                text(of, "failure_message"));
    }

    private static @Nullable String text(JsonNode of, String field) {
        return of.hasNonNull(field) ? of.path(field).asText() : null;
    }
}
