package io.millrace.server.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.Archived;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Sight;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;
import io.millrace.core.target.StopAnswer.Progress;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A Flink 2.3 session cluster without high availability, by its REST API and its files. */
final class RestFlinkCluster implements FlinkCluster {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** That of Flink 2.3. */
    private static final int NEWEST_FORMAT = 6;

    /** What a cluster says of itself changes when its jobs do, but for slots that join or leave while nobody has them. */
    private static final Duration ABOUT = Duration.ofMinutes(10);

    private final FlinkRest rest;
    private final FlinkFiles files;
    private final FlinkExceptions exceptions;
    private volatile @Nullable About about;

    /** What a cluster says of itself, beside which jobs (their hash) and when. */
    private record About(String incarnation, String version, int slots, int free, int jobs, long at) {}

    RestFlinkCluster(FlinkRest rest, FlinkFiles files, FlinkExceptions exceptions) {
        this.rest = rest;
        this.exceptions = exceptions;
        this.files = files;
    }

    @Override
    public Overview overview() {
        Map<FlinkJobId, FlinkJob> jobs;
        try {
            jobs = rest.get("/jobs/overview", ListedJobs::read);
        } catch (MillraceException e) {
            about = null;
            throw e;
        }
        About cluster = about(jobs);
        return new Overview(cluster.incarnation(), cluster.version(), cluster.slots(), cluster.free(), jobs);
    }

    /**
     * What a cluster says of itself is asked for when its jobs are not as they were, and else now and then only. A
     * JobManager that died and came back showed itself by an answer that never came, or by jobs that it no longer has
     * or that do not run yet; those that it no longer has are looked for by {@link #find}, which asks who answers.
     */
    private About about(Map<FlinkJobId, FlinkJob> jobs) {
        About known = about;
        int seen = jobs.hashCode();
        if (known != null && known.jobs() == seen && System.nanoTime() - known.at() < ABOUT.toNanos()) {
            return known;
        }
        JsonNode cluster = rest.get("/overview");
        About next = new About(
                known != null && known.jobs() == seen ? known.incarnation() : incarnation(),
                cluster.path("flink-version").asText(),
                cluster.path("slots-total").asInt(),
                cluster.path("slots-available").asInt(),
                seen,
                System.nanoTime());
        about = next;
        return next;
    }

    /** The folder for temporary files has a new name in each JobManager process. */
    private String incarnation() {
        for (JsonNode entry : rest.get("/jobmanager/config")) {
            if (entry.path("key").asText().equals("web.tmpdir")) {
                return entry.path("value").asText();
            }
        }
        throw new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, "The JobManager does not say its web.tmpdir.");
    }

    @Override
    public Sight find(FlinkJobId job) {
        about = null;
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job, null);
        if (answer.ok()) {
            return new Sight(Optional.of(detail(job, answer.body())), incarnation());
        }
        if (answer.status() == NOT_FOUND && answer.errors().contains(job.value())) {
            return new Sight(Optional.empty(), incarnation());
        }
        throw new MillraceException(
                ErrorCode.CLUSTER_UNAVAILABLE, "The cluster does not say whether it has job " + job + ".");
    }

    private static FlinkJob detail(FlinkJobId id, JsonNode job) {
        int total = 0;
        int running = 0;
        int finished = 0;
        for (JsonNode vertex : job.path("vertices")) {
            total += vertex.path("parallelism").asInt();
            running += vertex.path("tasks").path("RUNNING").asInt();
            finished += vertex.path("tasks").path("FINISHED").asInt();
        }
        FlinkStatus status = FlinkStatus.valueOf(job.path("state").asText());
        return new FlinkJob(id, job.path("name").asText(), status, total, running, finished);
    }

    @Override
    public void stop(FlinkJobId job, String triggerId, String directory) {
        String body = Json.write(Map.of("triggerId", triggerId, "targetDirectory", directory, "drain", false));
        FlinkRest.Answer answer = rest.call("POST", "/jobs/" + job + "/stop", body);
        if (!answer.ok() && answer.status() != NOT_FOUND && answer.status() != CONFLICT) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNAVAILABLE, "The cluster does not take the stop: " + answer.errors());
        }
    }

    @Override
    public void savepoint(FlinkJobId job, String triggerId, String directory) {
        String body = Json.write(Map.of("triggerId", triggerId, "target-directory", directory, "cancel-job", false));
        FlinkRest.Answer answer = rest.call("POST", "/jobs/" + job + "/savepoints", body);
        if (!answer.ok() && answer.status() != NOT_FOUND && answer.status() != CONFLICT) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNAVAILABLE,
                    "The cluster does not take the request for a savepoint: " + answer.errors());
        }
    }

    @Override
    public void checkpoint(FlinkJobId job, String triggerId) {
        var unused = rest.call(
                "POST",
                "/jobs/" + job + "/checkpoints",
                Json.write(Map.of("checkpointType", "CONFIGURED", "triggerId", triggerId)));
    }

    @Override
    public StopAnswer stopAnswer(FlinkJobId job, String triggerId) {
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job + "/savepoints/" + triggerId, null);
        if (!answer.ok()) {
            return new StopAnswer(Progress.UNKNOWN, answer.errors());
        }
        JsonNode operation = answer.body().path("operation");
        if (!answer.body().path("status").path("id").asText().equals("COMPLETED")) {
            return new StopAnswer(Progress.IN_PROGRESS, "");
        }
        if (operation.hasNonNull("location")) {
            return new StopAnswer(Progress.COMPLETED, operation.path("location").asText());
        }
        String trace = operation.path("failure-cause").path("stack-trace").asText();
        return new StopAnswer(Progress.FAILED, exceptions.sentence(trace));
    }

    @Override
    public void cancel(FlinkJobId job) {
        FlinkRest.Answer answer = rest.call("PATCH", "/jobs/" + job + "?mode=cancel", null);
        if (!answer.ok() && answer.status() != NOT_FOUND && answer.status() != CONFLICT) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNAVAILABLE, "The cluster does not take the cancellation: " + answer.errors());
        }
    }

    @Override
    public Optional<Failure> failure(FlinkJobId job) {
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job + "/exceptions?maxExceptions=2", null);
        return answer.ok() ? exceptions.newest(answer.body()) : Optional.empty();
    }

    @Override
    public Optional<String> restored(FlinkJobId job) {
        FlinkRest.Answer answer = rest.call("GET", "/jobs/" + job + "/checkpoints", null);
        return answer.ok()
                ? Optional.ofNullable(
                        answer.body().at("/latest/restored/external_path").textValue())
                : Optional.empty();
    }

    @Override
    public Optional<Archived> archived(FlinkJobId job) {
        return files.archived(job);
    }

    @Override
    public List<Snapshot> snapshots(String location) {
        return files.snapshots(location);
    }

    @Override
    public List<Snapshot> checkpoints(FlinkJobId job) {
        return files.checkpoints(job);
    }

    @Override
    public Optional<Contents> contents(String directory) {
        return files.contents(directory);
    }

    @Override
    public void delete(String directory) {
        files.delete(directory);
    }

    @Override
    public OptionalInt format(String location) {
        return files.format(location);
    }

    @Override
    public int newestFormat() {
        return NEWEST_FORMAT;
    }

    @Override
    public List<String> folders() {
        return files.folders();
    }
}
