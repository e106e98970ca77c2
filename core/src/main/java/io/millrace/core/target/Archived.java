package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the cluster's archive says of a job that is over: complete and about exactly this job.
 *
 * @param failure why it failed
 */
public record Archived(FlinkStatus status, Optional<Failure> failure) {
    public Archived {
        requireNonNull(status, "status");
        requireNonNull(failure, "failure");
    }
}
