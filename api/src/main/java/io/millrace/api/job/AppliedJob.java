package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an apply.
 *
 * @param diff the changed lines in unified form; empty when nothing changes
 * @param job the job as it is now; null after a dry run that would create it
 * @param compatibility what would become of its state; only after a dry run of a job that ran before
 * @param notice what people may not expect, such as that a deleted job had the name
 */
public record AppliedJob(
        JobChange change,
        String diff,
        @Nullable JobView job,
        @Nullable CompatibilityView compatibility,
        @Nullable String notice) {}
