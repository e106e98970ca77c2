package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the cluster's archive says of a job that is over: complete and about exactly this job.
 *
 * @param rootCause why it failed
 */
public record Archived(FlinkStatus status, Optional<String> rootCause) {
    public Archived {
        requireNonNull(status, "status");
        requireNonNull(rootCause, "rootCause");
    }
}
