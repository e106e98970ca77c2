package io.millrace.cli.job;

import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "show",
        header = "Show one savepoint or retained checkpoint.",
        footer = {"", "Example: millrace snapshot show page-views 0b9ce7ee-9a1c-4b8e-8f4e-3a1f6a5d2c10"})
final class SnapshotShow extends OneSnapshot {
    SnapshotShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    SnapshotView act(SnapshotsClient snapshots, String id) {
        return snapshots.get(id);
    }

    @Override
    void tell(SnapshotView snapshot) {
        SnapshotTexts.describe(snapshot, surroundings().clock()).forEach(out()::println);
    }
}
