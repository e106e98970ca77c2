package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One look at one job.
 *
 * @param job empty when the JobManager says that it does not know the job; never because it did not answer
 * @param incarnation the JobManager that still answered <em>after</em> it said so
 */
public record Sight(Optional<FlinkJob> job, String incarnation) {
    public Sight {
        requireNonNull(job, "job");
        requireNonNull(incarnation, "incarnation");
    }
}
