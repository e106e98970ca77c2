package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.CheckpointConfig;
import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointRequestView;
import io.millrace.api.job.CheckpointsView;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.DeletedJobView;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.job.JobBulkView;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobLabelsPatch;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobTagView;
import io.millrace.api.job.JobVersionView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.JobWrite;
import io.millrace.api.job.NewCheckpoint;
import io.millrace.api.job.NewJobBulk;
import io.millrace.api.job.NewJobRestoration;
import io.millrace.api.job.NewProof;
import io.millrace.api.job.OrphanView;
import io.millrace.api.job.ProofView;
import io.millrace.api.job.TargetView;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** The jobs of one workspace, lists of all jobs, and the targets on which they run. */
public final class JobsClient {
    private static final String JOB = "/workspaces/{}/jobs/{}";
    private static final String IF_MATCH = "If-Match";

    /** People who name a job mean it as it is now. */
    private static final String WHATEVER_IS_THERE = "*";

    /** Every installation has it. */
    public static final String DEFAULT_WORKSPACE = "default";

    private final Rest rest;
    private final String workspace;

    JobsClient(Rest rest, String workspace) {
        this.rest = rest;
        this.workspace = workspace;
    }

    /** The jobs of another workspace. */
    public JobsClient in(String other) {
        return new JobsClient(rest, other);
    }

    /** All jobs, by name: of one workspace, or of all. */
    public List<JobView> list(@Nullable String where) {
        return list(where, List.of(), null);
    }

    /** What happens to jobs: of all workspaces, of one, or of one job in it. */
    public JobEvents watch(@Nullable String where, @Nullable String job) {
        return new JobEvents(rest.get("/jobs/events").query("workspace", where).query("job", job));
    }

    /** The same, of those that have all of these tags and, if one is given, this owner. */
    public List<JobView> list(@Nullable String where, List<String> tags, @Nullable String owner) {
        return Pages.all(token -> {
            Call call = rest.get("/jobs").query("workspace", where).query("owner", owner);
            tags.forEach(tag -> call.query("tag", tag));
            return call.query("pageSize", Pages.LARGEST)
                    .query("pageToken", token)
                    .asPage(JobView.class);
        });
    }

    /** The tags of jobs: of one workspace, or of all. */
    public List<JobTagView> tags(@Nullable String where) {
        return Pages.all(token -> rest.get("/jobs/tags")
                .query("workspace", where)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(JobTagView.class));
    }

    /** Does one thing to many jobs. */
    public JobBulkView bulk(NewJobBulk wanted, boolean dryRun) {
        return rest.post("/jobs/bulk").query("dryRun", dryRun).body(wanted).as(JobBulkView.class);
    }

    /** Changes tags and owner, whatever they are. */
    public JobView label(String name, JobLabelsPatch patch) {
        return rest.patch(JOB + "/labels", workspace, name)
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .body(patch)
                .as(JobView.class);
    }

    public JobView get(String name) {
        return rest.get(JOB, workspace, name).as(JobView.class);
    }

    /** Creates the job or gives it a new version; whatever is there is replaced. */
    public AppliedJob apply(String name, JobSpec spec) {
        return apply(name, spec, null);
    }

    /** The same, with what is to be said of the version. */
    public AppliedJob apply(String name, JobSpec spec, @Nullable String message) {
        return rest.put(JOB, workspace, name).body(JobWrite.of(spec, message)).as(AppliedJob.class);
    }

    /** Says what {@link #apply} would do. */
    public AppliedJob dryRun(String name, JobSpec spec) {
        return rest.put(JOB, workspace, name)
                .query("dryRun", true)
                .body(JobWrite.of(spec, null))
                .as(AppliedJob.class);
    }

    /** Records the wish; the job follows later. */
    public JobView patch(String name, JobPatch patch) {
        return rest.patch(JOB, workspace, name)
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .body(patch)
                .as(JobView.class);
    }

    /** Records the wish unless the job changed since it was read. */
    public JobView patch(JobView basedOn, JobPatch patch) {
        return rest.patch(JOB, basedOn.workspace(), basedOn.name())
                .header(IF_MATCH, etag(basedOn))
                .body(patch)
                .as(JobView.class);
    }

    public JobView start(String name) {
        return patch(name, JobPatch.start());
    }

    public JobView stop(String name, boolean savepoint) {
        return patch(name, JobPatch.stop(savepoint));
    }

    /** The jobs in the bin, those deleted last first: of one workspace, or of all. */
    public List<DeletedJobView> deleted(@Nullable String where) {
        return Pages.all(token -> rest.get("/deleted-jobs")
                .query("workspace", where)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(DeletedJobView.class));
    }

    /** Brings back a deleted job, under the name that it had if {@code name} is null. */
    public JobView restore(String id, @Nullable String name) {
        return rest.post("/deleted-jobs/{}/restorations", id)
                .body(new NewJobRestoration(name))
                .as(JobView.class);
    }

    /** Forgets a deleted job for good. */
    public void purge(String id) {
        rest.delete("/deleted-jobs/{}", id).send();
    }

    /** Moves it to the bin. */
    public void delete(String name) {
        rest.delete(JOB, workspace, name).header(IF_MATCH, WHATEVER_IS_THERE).send();
    }

    /**
     * What becomes of the job's state when it goes on with version {@code to}.
     *
     * @param from the version whose state it is; null for the one that runs or ran last
     */
    public CompatibilityView compatibility(String name, long to, @Nullable Long from) {
        return rest.get(JOB + "/versions/{}/compatibility", workspace, name, Long.toString(to))
                .query("from", from)
                .as(CompatibilityView.class);
    }

    /**
     * Asks for a proof that a version can go on from a snapshot; the same key again asks for the same one.
     *
     * @param snapshot its id or path; null for the one that a start would go on from
     */
    public ProofView prove(String name, long version, @Nullable String snapshot, UUID key) {
        return rest.post(JOB + "/versions/{}/proofs", workspace, name, Long.toString(version))
                .header("Idempotency-Key", key.toString())
                .body(new NewProof(snapshot))
                .as(ProofView.class);
    }

    public ProofView proof(String name, String id) {
        return rest.get(JOB + "/proofs/{}", workspace, name, id).as(ProofView.class);
    }

    /** All versions, newest first. */
    public List<JobVersionView> versions(String name) {
        return Pages.all(token -> rest.get(JOB + "/versions", workspace, name)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(JobVersionView.class));
    }

    /** All attempts, newest first, without their exceptions. */
    public List<JobAttemptView> attempts(String name) {
        return Pages.all(token -> rest.get(JOB + "/attempts", workspace, name)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(JobAttemptView.class));
    }

    /** One attempt, with the exception with which it failed. */
    public JobAttemptView attempt(String name, int number) {
        return rest.get(JOB + "/attempts/{}", workspace, name, Integer.toString(number))
                .as(JobAttemptView.class);
    }

    /** What was saved of an attempt that failed: a ZIP file. */
    public byte[] bundle(String name, int attempt) {
        return rest.get(JOB + "/attempts/{}/bundle", workspace, name, Integer.toString(attempt))
                .asFile("application/zip");
    }

    /** What was logged about a job. */
    public LogsClient logs(String name) {
        return new LogsClient(rest, workspace, name);
    }

    /** Some events, newest first. */
    public Page<JobEventView> events(String name, int size, @Nullable String token) {
        return rest.get(JOB + "/events", workspace, name)
                .query("pageSize", size)
                .query("pageToken", token)
                .asPage(JobEventView.class);
    }

    public CheckpointsView checkpoints(String name) {
        return rest.get(JOB + "/checkpoints", workspace, name).as(CheckpointsView.class);
    }

    /** Asks for one now. */
    public CheckpointRequestView triggerCheckpoint(String name, CheckpointKind kind) {
        return rest.post(JOB + "/checkpoints", workspace, name)
                .body(new NewCheckpoint(kind))
                .as(CheckpointRequestView.class);
    }

    public CheckpointRequestView checkpointRequest(String name, String id) {
        return rest.get(JOB + "/checkpoints/{}", workspace, name, id).as(CheckpointRequestView.class);
    }

    public CheckpointsView startCheckpointScheduler(String name) {
        return rest.post(JOB + "/checkpoint-scheduler/start", workspace, name).as(CheckpointsView.class);
    }

    public CheckpointsView stopCheckpointScheduler(String name) {
        return rest.post(JOB + "/checkpoint-scheduler/stop", workspace, name).as(CheckpointsView.class);
    }

    public CheckpointsView updateCheckpointConfig(String name, CheckpointConfig config) {
        return rest.put(JOB + "/checkpoint-config", workspace, name)
                .body(config)
                .as(CheckpointsView.class);
    }

    /** The savepoints and retained checkpoints of a job. */
    public SnapshotsClient snapshots(String name) {
        return new SnapshotsClient(rest, workspace, name);
    }

    /** What belongs to no job that is there. */
    public List<OrphanView> orphans() {
        return Pages.all(
                token -> rest.get("/snapshot-orphans").query("pageToken", token).asPage(OrphanView.class));
    }

    /** Asks for the deletion of an orphan with its files. */
    public void disposeOrphan(String id) {
        rest.delete("/snapshot-orphans/{}", id).send();
    }

    public List<TargetView> targets() {
        return Pages.all(token -> rest.get("/targets").query("pageToken", token).asPage(TargetView.class));
    }

    private static String etag(JobView job) {
        return '"' + Long.toString(job.generation()) + '"';
    }
}
