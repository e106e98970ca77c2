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

    static final int MOST_FAILURES = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public Patience {
        requireNonNull(notBefore, "notBefore");
    }

    /** One more failure: wait 1, 2, 4 … seconds. */
    Patience failed(Instant now) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, 5));
        return new Patience(failures + 1, Optional.of(now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait)));
    }

    boolean exhausted() {
        return failures >= MOST_FAILURES;
    }

    boolean waits(Instant now) {
        return notBefore.isPresent() && notBefore.get().isAfter(now);
    }
}
