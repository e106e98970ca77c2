package io.millrace.api.job;

import java.time.Instant;
import java.util.List;

/**
 * One immutable content of a job.
 *
 * @param author who applied it; it runs with their rights
 * @param message what they say of it; empty if nothing
 * @param artifacts the code of catalogs' functions that it was planned with
 */
public record JobVersionView(
        long version, JobSpec spec, String author, String message, Instant createdAt, List<JobArtifact> artifacts) {}
