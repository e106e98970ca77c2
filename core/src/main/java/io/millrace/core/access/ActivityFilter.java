package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which activities are asked for.
 *
 * @param by only those of this caller
 * @param action only this one
 * @param object only those whose path contains this, in any case; empty means all
 * @param failed only those that were refused or failed
 * @param since none before
 */
public record ActivityFilter(
        Optional<String> by, Optional<String> action, String object, boolean failed, Optional<Instant> since) {
    public ActivityFilter {
        requireNonNull(by, "by");
        requireNonNull(action, "action");
        requireNonNull(object, "object");
        requireNonNull(since, "since");
    }
}
