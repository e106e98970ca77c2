package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/**
 * A completed checkpoint or savepoint.
 *
 * @param path what Flink takes to start from it
 * @param checkpointId its place in the attempt's sequence; checkpoints and savepoints count together
 */
public record Snapshot(String path, long checkpointId) {
    public Snapshot {
        requireNonNull(path, "path");
    }
}
