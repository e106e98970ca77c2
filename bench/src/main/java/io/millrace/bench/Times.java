package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations of one contender, in the order in which they were measured. */
final class Times {
    private final String contender;
    private final List<Duration> samples = new ArrayList<>();

    Times(String contender) {
        this.contender = requireNonNull(contender, "contender");
    }

    void add(Duration sample) {
        samples.add(sample);
    }

    /** The sample at a rank, by the nearest-rank method: {@code percent} of all samples are no longer than it. */
    Duration percentile(int percent) {
        if (samples.isEmpty()) {
            throw new IllegalStateException("nothing was measured of " + contender);
        }
        List<Duration> sorted = new ArrayList<>(samples);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    String row() {
        return String.format(
                "| %s | %d | %d | %d | %d |",
                contender,
                samples.size(),
                percentile(50).toMillis(),
                percentile(95).toMillis(),
                percentile(100).toMillis());
    }

    /** For what is short: tenths of milliseconds, and one in a hundred. */
    String preciseRow() {
        return String.format(
                "| %s | %d | %.1f | %.1f | %.1f | %.1f |",
                contender, samples.size(), millis(50), millis(95), millis(99), millis(100));
    }

    private double millis(int percent) {
        return percentile(percent).toNanos() / 1e6;
    }
}
