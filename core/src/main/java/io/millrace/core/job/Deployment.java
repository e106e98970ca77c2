package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The replacement of a running version by another one.
 *
 * @param wish the wish that it serves; a job has one deployment for each at most
 * @param from the version that ran before, and runs again when {@code to} does not become healthy
 * @param restorePath from where {@code from} goes on then: where it was when it stopped; empty before that, and when
 *     it had no state
 * @param outcome what came of it, in one sentence; empty while it is open
 */
public record Deployment(
        JobId job,
        long wish,
        long from,
        long to,
        Optional<String> restorePath,
        DeploymentPhase phase,
        String outcome,
        Instant createdAt,
        Instant changedAt) {
    public Deployment {
        requireNonNull(job, "job");
        requireNonNull(restorePath, "restorePath");
        requireNonNull(phase, "phase");
        requireNonNull(outcome, "outcome");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
    }

    static Deployment begin(Job job, long from, Instant now) {
        return new Deployment(
                job.id(),
                job.wish().number(),
                from,
                job.wish().version(),
                Optional.empty(),
                DeploymentPhase.REPLACING,
                "",
                now,
                now);
    }

    Deployment become(DeploymentPhase next, String what, Instant now) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("deployment of " + job + ": " + phase + " cannot become " + next);
        }
        return new Deployment(job, wish, from, to, restorePath, next, what, createdAt, now);
    }

    /** People wanted something else. */
    public Deployment superseded(Instant now) {
        return become(DeploymentPhase.SUPERSEDED, "People wanted something else meanwhile.", now);
    }

    /** The old version has stopped; {@code path} is where it was. */
    Deployment verifying(Optional<String> path, Instant now) {
        Deployment next = become(DeploymentPhase.VERIFYING, "", now);
        return new Deployment(job, wish, from, to, path, next.phase(), "", createdAt, now);
    }
}
