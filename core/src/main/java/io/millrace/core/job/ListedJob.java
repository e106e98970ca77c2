package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A job as people see it.
 *
 * @param attempt the newest attempt
 * @param deployment that of the current wish
 * @param newest the content of the newest version
 * @param deletion empty unless it is in the bin
 */
public record ListedJob(
        Job job,
        Optional<Attempt> attempt,
        Optional<Deployment> deployment,
        JobSpec newest,
        Optional<Deletion> deletion) {
    public ListedJob {
        requireNonNull(job, "job");
        requireNonNull(attempt, "attempt");
        requireNonNull(deployment, "deployment");
        requireNonNull(newest, "newest");
        requireNonNull(deletion, "deletion");
    }

    /** Whether nothing is to be done until people want something else. */
    public boolean atRest() {
        return new JobState(job, attempt, Optional.empty(), deployment, newest).atRest();
    }
}
