package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One immutable content of a job.
 *
 * @param author who wrote it, with whose rights it runs
 */
public record JobVersion(JobId job, long version, JobSpec spec, Author author, Instant createdAt) {
    public JobVersion {
        requireNonNull(job, "job");
        requireNonNull(spec, "spec");
        requireNonNull(author, "author");
        requireNonNull(createdAt, "createdAt");
    }
}
