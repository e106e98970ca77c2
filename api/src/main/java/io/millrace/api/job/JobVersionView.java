package io.millrace.api.job;

import java.time.Instant;

/**
 * One immutable content of a job.
 *
 * @param author who applied it; it runs with their rights
 * @param message what they say of it; empty if nothing
 */
public record JobVersionView(long version, JobSpec spec, String author, String message, Instant createdAt) {}
