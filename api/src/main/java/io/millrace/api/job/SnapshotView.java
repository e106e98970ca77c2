package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A savepoint, or what an attempt that is over left of its checkpoints, which go together.
 *
 * @param attempt which execution; 0 of what was imported
 * @param path what a start takes to begin with it; null while there is none
 * @param files how many files it has; null until they were counted
 * @param bytes how long its files are together
 * @param restorable whether a job can begin with it, as its files are now
 * @param problem why a job cannot
 * @param references why it must stay
 * @param createdAt when it was asked for or, when nobody asked, when it was seen to be complete
 */
public record SnapshotView(
        String id,
        String workspace,
        String job,
        String target,
        long version,
        int attempt,
        SnapshotOrigin origin,
        SnapshotPhase phase,
        @Nullable String path,
        @Nullable Long files,
        @Nullable Long bytes,
        boolean restorable,
        @Nullable String problem,
        boolean pinned,
        List<SnapshotReference> references,
        Instant createdAt,
        Instant changedAt) {
    public SnapshotView {
        references = List.copyOf(references);
    }
}
