package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param kind such as {@code APPLIED}, {@code START_REQUESTED}, {@code STATE_CHANGED}, {@code SAVEPOINT_COMPLETED}
 * @param from the observed state before, for changes of state
 * @param to the observed state after
 * @param reason the cause in one sentence
 * @param actor who or what caused it: a user or service account, or {@code system/...}; null when nobody knows
 */
public record JobEventView(
        long id,
        Instant at,
        String kind,
        @Nullable ObservedState from,
        @Nullable ObservedState to,
        @Nullable Integer attempt,
        String reason,
        @Nullable String actor) {}
