package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.FlinkJobId;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides when the checkpoints of one cluster's jobs begin. Each job has its own moment within its interval, made of its
 * id, so that jobs of one interval are spread over it, by every server alike and without anything written down. Besides,
 * only so many are under way at the same time; those that have waited longest come first.
 *
 * <p>For one thread.
 */
public final class CheckpointTimer {
    /** A checkpoint that takes longer does not keep other jobs from theirs. */
    private static final Duration SLOW = Duration.ofMinutes(1);

    private final int atOnce;
    private final Map<FlinkJobId, State> states = new HashMap<>();

    /**
     * A running job whose checkpoints the server times.
     *
     * @param minPause the least time from the end of one to the beginning of the next
     */
    public record Timed(JobId job, FlinkJobId attempt, Duration interval, Duration minPause) {
        public Timed {
            requireNonNull(job, "job");
            requireNonNull(attempt, "attempt");
            requireNonNull(interval, "interval");
            requireNonNull(minPause, "minPause");
        }

        /** The last of its moments that is not after {@code now}. */
        private Instant moment(Instant now) {
            long every = interval.toMillis();
            long phase = Math.floorMod(job.value().getLeastSignificantBits(), every);
            long millis = now.toEpochMilli();
            return Instant.ofEpochMilli(millis - Math.floorMod(millis - phase, every));
        }
    }

    /** {@code moment} is the latest one that was dealt with. */
    private record State(Instant moment, Instant begunAt, Instant endedAt, boolean underWay) {}

    /** {@code atOnce}: how many checkpoints may be under way at the same time. */
    public CheckpointTimer(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one checkpoint at a time, got " + atOnce);
        }
        this.atOnce = atOnce;
    }

    /** Those of {@code jobs} whose checkpoints begin now. Jobs that are not named are forgotten. */
    public List<Timed> due(Collection<Timed> jobs, Instant now) {
        states.keySet().retainAll(jobs.stream().map(Timed::attempt).collect(Collectors.toSet()));
        jobs.forEach(job -> states.computeIfAbsent(
                job.attempt(), id -> new State(job.moment(now), Instant.EPOCH, Instant.EPOCH, false)));
        long busy = states.values().stream()
                .filter(state -> state.underWay() && state.begunAt().plus(SLOW).isAfter(now))
                .count();
        return jobs.stream()
                .filter(job -> isDue(job, states.get(job.attempt()), now))
                .sorted(Comparator.comparing(
                                (Timed job) -> states.get(job.attempt()).moment())
                        .thenComparing(job -> job.moment(now)))
                .limit(Math.max(0, atOnce - busy))
                .toList();
    }

    private static boolean isDue(Timed job, State state, Instant now) {
        return !state.underWay()
                && job.moment(now).isAfter(state.moment())
                && !state.endedAt().plus(job.minPause()).isAfter(now);
    }

    /** Its checkpoint was asked for. */
    public void begun(Timed job, Instant now) {
        states.computeIfPresent(job.attempt(), (id, state) -> new State(job.moment(now), now, state.endedAt(), true));
    }

    /** Its checkpoint is complete, or failed, or could not begin. */
    public void ended(FlinkJobId attempt, Instant now) {
        states.computeIfPresent(attempt, (id, state) -> new State(state.moment(), state.begunAt(), now, false));
    }

    /** The attempts whose checkpoints were asked for and have not ended. */
    public Set<FlinkJobId> underWay() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().underWay())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
