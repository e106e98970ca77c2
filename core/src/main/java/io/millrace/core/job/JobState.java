package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Everything recorded that a decision about one job needs, read in one transaction.
 *
 * @param attempt the newest attempt, live or ended
 * @param stop the newest stop operation on that attempt
 * @param deployment that of the current wish
 * @param spec what the live attempt runs, or what the next one would
 */
public record JobState(
        Job job,
        Optional<Attempt> attempt,
        Optional<StopOperation> stop,
        Optional<Deployment> deployment,
        JobSpec spec) {
    public JobState {
        requireNonNull(job, "job");
        requireNonNull(attempt, "attempt");
        requireNonNull(stop, "stop");
        requireNonNull(deployment, "deployment");
        requireNonNull(spec, "spec");
    }

    Optional<Attempt> live() {
        return attempt.filter(Attempt::live);
    }

    Optional<StopOperation> openStop() {
        return stop.filter(operation -> operation.phase().open());
    }

    /** The version that the next attempt runs. */
    long version() {
        return deployment
                .filter(of -> of.phase().back())
                .map(Deployment::from)
                .orElse(job.wish().version());
    }

    /** Whether the newest attempt was made for what people want now. */
    boolean served() {
        return attempt.map(newest -> newest.wish() == job.wish().number()).orElse(false);
    }

    /** Whether the newest attempt was made for what people want now, got nowhere, and is to be tried again. */
    boolean tries() {
        boolean back = deployment.filter(of -> of.phase().back()).isPresent();
        return served() && !back && !attempt.orElseThrow().worked();
    }

    /** Whether nothing is to be done until people want something else. */
    public boolean atRest() {
        if (live().isPresent()) {
            return false;
        }
        return switch (job.desired()) {
            case STOPPED -> job.observed() == ObservedState.IDLE || job.observed() == ObservedState.FINISHED;
            case RUNNING -> served() && job.observed().parked();
        };
    }
}
