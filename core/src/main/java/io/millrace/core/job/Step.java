package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.Failure;

import java.util.List;
import java.util.Optional;

/**
 * One decision: write {@code next} with its events, then act. The reasons are in the events and in the observation.
 *
 * @param next the rows as they shall be; equal to what was read when nothing is to be written
 * @param snapshots what the ledger is to learn of; an entry of the same directory that is there already stays
 * @param failure what is to be kept with the attempt of why it failed, or was restarted by Flink last
 */
public record Step(
        Act act, JobState next, List<JobEvent> events, List<SnapshotEntry> snapshots, Optional<Failure> failure) {
    public Step {
        requireNonNull(act, "act");
        requireNonNull(next, "next");
        requireNonNull(failure, "failure");
        events = List.copyOf(events);
        snapshots = List.copyOf(snapshots);
    }

    boolean writes(JobState before) {
        return !next.equals(before) || !events.isEmpty() || !snapshots.isEmpty();
    }
}
