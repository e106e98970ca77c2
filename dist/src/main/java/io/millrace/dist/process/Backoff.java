package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again: twice as long after each death, up to a limit, and from
 * the beginning after a life that was long enough to call it healthy. Pure; the supervisor counts.
 */
public record Backoff(Duration first, Duration longest, Duration healthyAfter) {
    public Backoff {
        requireNonNull(first, "first");
        requireNonNull(longest, "longest");
        requireNonNull(healthyAfter, "healthyAfter");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a back-off grows from a positive wait, got " + first + " to " + longest);
        }
    }

    /** Half a second at first, half a minute at most, forgotten after a minute. */
    public static Backoff ofTheStack() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** Deaths in a row, this one included, given those before it and how long the process lived. */
    public int deathsInARow(int before, Duration lived) {
        return lived.compareTo(healthyAfter) >= 0 ? 1 : before + 1;
    }

    /** The wait after this many deaths in a row. */
    public Duration delay(int deathsInARow) {
        if (deathsInARow < 1) {
            throw new IllegalArgumentException("a wait follows a death, got " + deathsInARow);
        }
        Duration delay = first;
        for (int death = 1; death < deathsInARow && delay.compareTo(longest) < 0; death++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
