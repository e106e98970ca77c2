package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a job has failed in a row, and until when it waits before its next attempt.
 *
 * @param failures attempts in a row that failed without having run for a minute
 */
public record Patience(int failures, Optional<Instant> notBefore) {
    /** No failure yet. */
    public static final Patience FRESH = new Patience(0, Optional.empty());

    /** An attempt that ran this long was a good one. */
    static final Duration GOOD = Duration.ofMinutes(1);

    public Patience {
        requireNonNull(notBefore, "notBefore");
    }

    /** One more failure, if it counts; then it waits. */
    Patience failed(RestartPolicy policy, Instant now) {
        int next = policy.counts() ? failures + 1 : failures;
        return new Patience(next, Optional.of(now.plus(policy.delay(next))));
    }

    boolean waits(Instant now) {
        return notBefore.isPresent() && notBefore.get().isAfter(now);
    }
}
