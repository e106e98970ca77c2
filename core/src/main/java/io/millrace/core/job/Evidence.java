package io.millrace.core.job;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that says how an attempt ended and what is left of it.
 *
 * @param status how it ended; empty when nothing says so
 * @param source who says so, or that nobody does
 * @param failure why it failed
 * @param savepoints those of all stops of this attempt
 * @param checkpoints those that are left of it
 * @param requested the savepoints that people asked for while it ran
 */
record Evidence(
        Optional<FlinkStatus> status,
        String source,
        Optional<Failure> failure,
        List<Snapshot> savepoints,
        List<Snapshot> checkpoints,
        List<Snapshot> requested) {
    private static final Comparator<Snapshot> AGE = Comparator.comparingLong(Snapshot::checkpointId);

    boolean ended(FlinkStatus how) {
        return status.isPresent() && status.get() == how;
    }

    Optional<Snapshot> savepoint() {
        return savepoints.stream().max(AGE);
    }

    Optional<Snapshot> checkpoint() {
        return checkpoints.stream().max(AGE);
    }

    /** The newest of all; of equals the savepoint of a stop. */
    Optional<Snapshot> newest() {
        Optional<Snapshot> checkpoint =
                Stream.concat(checkpoints.stream(), requested.stream()).max(AGE);
        return savepoint()
                .filter(saved -> checkpoint.isEmpty()
                        || saved.checkpointId() >= checkpoint.get().checkpointId())
                .or(() -> checkpoint);
    }
}
