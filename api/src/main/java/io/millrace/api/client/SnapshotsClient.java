package io.millrace.api.client;

import io.millrace.api.job.NewSnapshotImport;
import io.millrace.api.job.SnapshotPatch;
import io.millrace.api.job.SnapshotView;

import java.util.List;
import java.util.UUID;

/** The savepoints and retained checkpoints of one job. */
public final class SnapshotsClient {
    private static final String SNAPSHOTS = "/workspaces/{}/jobs/{}/snapshots";
    private static final String SNAPSHOT = SNAPSHOTS + "/{}";

    private final Rest rest;
    private final String workspace;
    private final String job;

    SnapshotsClient(Rest rest, String workspace, String job) {
        this.rest = rest;
        this.workspace = workspace;
        this.job = job;
    }

    /** All of them, newest first. */
    public List<SnapshotView> list() {
        return Pages.all(token -> rest.get(SNAPSHOTS, workspace, job)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(SnapshotView.class));
    }

    public SnapshotView get(String id) {
        return rest.get(SNAPSHOT, workspace, job, id).as(SnapshotView.class);
    }

    /** Asks for a savepoint of the running job; the same key again asks for the same one. */
    public SnapshotView trigger(UUID key) {
        return rest.post(SNAPSHOTS, workspace, job)
                .header("Idempotency-Key", key.toString())
                .as(SnapshotView.class);
    }

    /** Whether it is kept whatever people and the policy say. */
    public SnapshotView pin(String id, boolean pinned) {
        return rest.patch(SNAPSHOT, workspace, job, id)
                .body(new SnapshotPatch(pinned))
                .as(SnapshotView.class);
    }

    /** Asks for its deletion; it is no longer listed when its files are gone. */
    public SnapshotView dispose(String id) {
        return rest.delete(SNAPSHOT, workspace, job, id).as(SnapshotView.class);
    }

    /** Lets the job begin with a savepoint that was not taken of it. */
    public SnapshotView importFrom(String path) {
        return rest.post("/workspaces/{}/jobs/{}/snapshot-imports", workspace, job)
                .body(new NewSnapshotImport(path))
                .as(SnapshotView.class);
    }
}
