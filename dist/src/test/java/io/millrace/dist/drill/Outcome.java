package io.millrace.dist.drill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one drill, or of its negative control.
 *
 * @param injected what was done, and how often
 * @param found what the checkers saw
 * @param reason why it failed or was skipped, or what a control made the drill say; empty when it passed
 * @param cause what failed it
 */
record Outcome(
        Drill drill,
        Verdict verdict,
        Map<String, Integer> injected,
        List<String> found,
        String reason,
        Duration took,
        Optional<Throwable> cause) {
    /** A drill that was skipped proves nothing and is never counted as passed. */
    enum Verdict {
        PASSED,
        FAILED,
        SKIPPED
    }

    Outcome {
        requireNonNull(drill, "drill");
        requireNonNull(verdict, "verdict");
        injected = Collections.unmodifiableMap(new LinkedHashMap<>(injected)); // in the order in which it was done
        found = List.copyOf(found);
        requireNonNull(reason, "reason");
        requireNonNull(took, "took");
        requireNonNull(cause, "cause");
    }
}
