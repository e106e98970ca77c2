package io.millrace.core.job;

import io.millrace.core.target.FailureKind;

import java.time.Duration;

/**
 * What follows when Flink has given an attempt up. Inside an attempt Flink restarts by its own strategy.
 *
 * <pre>
 * kind                            FAILED after       waits before the next attempt
 * CONFIGURATION, ACCESS_DENIED,   1 failure
 *   STATE
 * UNKNOWN, DATA                   3 in a row         1 s, 2 s, 4 s … 30 s
 * OUT_OF_MEMORY                   4 in a row         1 min, 2 min, 4 min
 * MISSING, UNREACHABLE            100 in a row       10 s, 20 s … 5 min: some eight hours
 * LOST_CLUSTER, NO_SLOTS          never: no failure  2 s
 * </pre>
 *
 * A job can say otherwise of the kinds that are tried again, by its settings {@code restart.*}.
 *
 * @param attempts how many attempts in a row may fail until the job is FAILED; 0 for any number, which count for nothing
 * @param first the wait after the first failure; doubled after each further one
 * @param longest the longest wait
 */
record RestartPolicy(int attempts, Duration first, Duration longest) {
    private static final RestartPolicy NEVER = new RestartPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final RestartPolicy FREE = new RestartPolicy(0, Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final RestartPolicy FEW = new RestartPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final RestartPolicy SLOW = new RestartPolicy(4, Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final RestartPolicy LONG = new RestartPolicy(100, Duration.ofSeconds(10), Duration.ofMinutes(5));

    static RestartPolicy of(FailureKind kind, JobSpec spec) {
        return switch (kind) {
            case CONFIGURATION, ACCESS_DENIED, STATE -> NEVER;
            case LOST_CLUSTER, NO_SLOTS -> FREE;
            case MISSING, UNREACHABLE -> RestartSettings.change(LONG, spec.settings());
            case OUT_OF_MEMORY -> RestartSettings.change(SLOW, spec.settings());
            case DATA, UNKNOWN -> RestartSettings.change(FEW, spec.settings());
        };
    }

    boolean counts() {
        return attempts > 0;
    }

    boolean exhausted(int failures) {
        return counts() && failures >= attempts;
    }

    /** Says when the next attempt follows so many failures in a row. */
    String announce(int failures) {
        Duration wait = delay(failures);
        if (wait.toSeconds() <= 2) {
            return " It is started again.";
        }
        return " It is started again in "
                + (wait.toSeconds() < 120 ? wait.toSeconds() + " s." : wait.toMinutes() + " min.");
    }

    /** The wait after so many failures in a row. */
    Duration delay(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
