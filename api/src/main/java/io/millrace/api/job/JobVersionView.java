package io.millrace.api.job;

import java.time.Instant;

/** One immutable content of a job. */
public record JobVersionView(long version, JobSpec spec, Instant createdAt) {}
