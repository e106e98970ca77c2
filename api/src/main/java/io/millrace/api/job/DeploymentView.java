package io.millrace.api.job;

import java.time.Instant;

/**
 * The replacement of a running version by another one.
 *
 * @param from the version that ran before
 * @param to the version that replaces it
 * @param outcome what came of it, in one sentence; empty while nothing did
 */
public record DeploymentView(
        long from, long to, DeploymentPhase phase, String outcome, Instant createdAt, Instant changedAt) {}
