package io.millrace.cli.job;

import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "dispose",
        header = "Delete a savepoint, or what an attempt left of its checkpoints.",
        description = {
            "",
            "Refused while something refers to it: the running attempt, the next start, an open deployment, a pin. Of what was"
                    + " imported only the entry goes, the files stay.",
            ""
        },
        footer = {"", "Example: millrace snapshot dispose page-views 0b9ce7ee-9a1c-4b8e-8f4e-3a1f6a5d2c10"})
final class SnapshotDispose extends OneSnapshot {
    SnapshotDispose(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    SnapshotView act(SnapshotsClient snapshots, String id) {
        return snapshots.dispose(id);
    }

    @Override
    void tell(SnapshotView snapshot) {
        out().println(snapshot.id() + ": is being deleted; it is gone when it is no longer listed");
    }
}
