package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How people changed the timing of a job's checkpoints while it runs. It outlives versions and restarts.
 *
 * @param running whether the server begins checkpoints; otherwise only Flink's safety net does
 * @param interval time between them instead of the version's
 * @param minPause the least time from the end of one to the beginning of the next
 * @param changedBy who changed it last
 */
public record CheckpointPlan(
        boolean running, Optional<Duration> interval, Duration minPause, String changedBy, Instant changedAt) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public CheckpointPlan {
        requireNonNull(interval, "interval");
        requireNonNull(minPause, "minPause");
        requireNonNull(changedBy, "changedBy");
        requireNonNull(changedAt, "changedAt");
        List<Flaw> flaws = new ArrayList<>();
        interval.filter(every -> every.compareTo(CheckpointScheduler.SHORTEST) < 0 || every.compareTo(LONGEST) > 0)
                .ifPresent(every -> flaws.add(Flaw.at(
                        "/interval", "The server times checkpoints 5 seconds to 1 day apart, not " + every + ".")));
        if (minPause.isNegative() || minPause.compareTo(LONGEST) > 0) {
            flaws.add(Flaw.at("/minPause", "The pause between checkpoints is 0 to 1 day, not " + minPause + "."));
        }
        if (!flaws.isEmpty()) {
            throw new MillraceException(ErrorCode.REQUEST_INVALID, flaws.get(0).message(), flaws);
        }
    }

    /** What holds until somebody changes it. */
    public static CheckpointPlan unchanged(Instant since) {
        return new CheckpointPlan(true, Optional.empty(), Duration.ZERO, "", since);
    }
}
