package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.FailureKind;

import java.time.Instant;
import java.util.Optional;

/** An attempt with why it failed, or why Flink restarted it last; the whole exception is kept apart. */
public record ListedAttempt(Attempt attempt, Optional<Why> failure) {
    public ListedAttempt {
        requireNonNull(attempt, "attempt");
        requireNonNull(failure, "failure");
    }

    /**
     * A failure in short.
     *
     * @param cause in one sentence
     */
    public record Why(FailureKind kind, String cause, Instant at) {
        public Why {
            requireNonNull(kind, "kind");
            requireNonNull(cause, "cause");
            requireNonNull(at, "at");
        }
    }
}
