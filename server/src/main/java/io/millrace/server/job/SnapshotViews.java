package io.millrace.server.job;

import io.millrace.api.job.SnapshotOrigin;
import io.millrace.api.job.SnapshotPhase;
import io.millrace.api.job.SnapshotReference;
import io.millrace.api.job.SnapshotView;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;

/** Snapshots as callers see them. */
final class SnapshotViews {
    private SnapshotViews() {}

    static SnapshotView of(String workspace, SnapshotService.Listed listed) {
        SnapshotEntry entry = listed.entry();
        return new SnapshotView(
                entry.id().toString(),
                workspace,
                entry.of().name().value(),
                entry.target().value(),
                entry.of().version(),
                entry.of().attempt(),
                SnapshotOrigin.valueOf(entry.origin().name()),
                SnapshotPhase.valueOf(entry.phase().name()),
                entry.taken().map(Snapshot::path).orElse(null),
                entry.contents().map(Contents::files).orElse(null),
                entry.contents().map(Contents::bytes).orElse(null),
                listed.problem().isEmpty(),
                listed.problem().orElse(null),
                entry.pinned(),
                listed.references().stream()
                        .map(reference -> SnapshotReference.valueOf(reference.name()))
                        .sorted()
                        .toList(),
                entry.createdAt(),
                entry.changedAt());
    }
}
