package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * What a version is to go on from.
 *
 * @param snapshot id or path of a snapshot of the job; null for a savepoint that is taken of the running job, or for what
 *     the next start of a job that does not run goes on from
 */
public record NewProof(@Nullable String snapshot) {}
