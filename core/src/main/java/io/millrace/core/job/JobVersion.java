package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** One immutable content of a job. */
public record JobVersion(JobId job, long version, JobSpec spec, Instant createdAt) {
    public JobVersion {
        requireNonNull(job, "job");
        requireNonNull(spec, "spec");
        requireNonNull(createdAt, "createdAt");
    }
}
