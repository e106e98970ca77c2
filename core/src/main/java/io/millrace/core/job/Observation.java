package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of a job, when and how.
 *
 * @param seenAt when {@code state} was last confirmed
 * @param unknownSince since when the cluster has not answered; the state stays what was last seen
 * @param reason why the job is in this state, in one sentence
 */
public record Observation(ObservedState state, Instant seenAt, Optional<Instant> unknownSince, String reason) {
    public Observation {
        requireNonNull(state, "state");
        requireNonNull(seenAt, "seenAt");
        requireNonNull(unknownSince, "unknownSince");
        requireNonNull(reason, "reason");
    }

    /** An undeclared move is a bug of ours, hence not a {@code MillraceException}. */
    public Observation become(ObservedState next, String because, Instant now) {
        if (next != state && !state.canBecome(next)) {
            throw new IllegalStateException(state + " cannot become " + next + " (" + because + ")");
        }
        return new Observation(next, now, Optional.empty(), because);
    }
}
