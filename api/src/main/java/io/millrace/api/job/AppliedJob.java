package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an apply.
 *
 * @param diff the changed lines in unified form; empty when nothing changes
 * @param job the job as it is now; null after a dry run that would create it
 */
public record AppliedJob(
        JobChange change, String diff, @Nullable JobView job) {}
