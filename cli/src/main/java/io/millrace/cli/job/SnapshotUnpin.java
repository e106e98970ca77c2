package io.millrace.cli.job;

import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "unpin",
        header = "Let a snapshot be deleted again.",
        footer = {"", "Example: millrace snapshot unpin page-views 0b9ce7ee-9a1c-4b8e-8f4e-3a1f6a5d2c10"})
final class SnapshotUnpin extends OneSnapshot {
    SnapshotUnpin(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    SnapshotView act(SnapshotsClient snapshots, String id) {
        return snapshots.pin(id, false);
    }

    @Override
    void tell(SnapshotView snapshot) {
        out().println(snapshot.id() + ": not pinned");
    }
}
