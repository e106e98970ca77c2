package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the attempts of a start begin with until one of them got somewhere. Later attempts go on from the newest
 * snapshot.
 *
 * @param snapshot the savepoint or checkpoint to begin with; only with {@link Mode#SNAPSHOT}
 * @param partial whether state in the snapshot that no operator of the version takes may be dropped; otherwise such a
 *     start fails
 */
public record StartFrom(Mode mode, Optional<String> snapshot, boolean partial) {
    /** The job's own newest snapshot; empty state when it has none. */
    public static final StartFrom LATEST = new StartFrom(Mode.LATEST, Optional.empty(), false);

    /** Empty state, although there may be a snapshot. */
    public static final StartFrom EMPTY = new StartFrom(Mode.EMPTY, Optional.empty(), false);

    /** Where the state comes from. */
    public enum Mode {
        LATEST,
        EMPTY,
        SNAPSHOT
    }

    public StartFrom {
        requireNonNull(mode, "mode");
        requireNonNull(snapshot, "snapshot");
        if (snapshot.isPresent() != (mode == Mode.SNAPSHOT)) {
            throw new IllegalArgumentException("a path belongs to SNAPSHOT, got " + mode + " with " + snapshot);
        }
    }

    public static StartFrom snapshot(String path) {
        return new StartFrom(Mode.SNAPSHOT, Optional.of(path), false);
    }

    /** The same, and what no operator takes is dropped. */
    public StartFrom dropping() {
        return new StartFrom(mode, snapshot, true);
    }
}
