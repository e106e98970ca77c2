package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One decision: write {@code next} with its events, then act. The reasons are in the events and in the observation.
 *
 * @param next the rows as they shall be; equal to what was read when nothing is to be written
 */
public record Step(Act act, JobState next, List<JobEvent> events) {
    public Step {
        requireNonNull(act, "act");
        requireNonNull(next, "next");
        events = List.copyOf(events);
    }

    boolean writes(JobState before) {
        return !next.equals(before) || !events.isEmpty();
    }
}
