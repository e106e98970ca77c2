package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a job.
 *
 * @param id orders the events of a job; 0 until it is stored
 * @param from the observed state before, for changes of state
 * @param to the observed state after
 * @param attempt which execution it is about
 * @param reason the cause in one sentence
 * @param actor who or what caused it: a person's or service's name, or a part of the system; empty when nobody knows
 */
public record JobEvent(
        long id,
        Instant at,
        EventKind kind,
        Optional<ObservedState> from,
        Optional<ObservedState> to,
        Optional<Integer> attempt,
        String reason,
        String actor) {
    public JobEvent {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(attempt, "attempt");
        requireNonNull(reason, "reason");
        requireNonNull(actor, "actor");
    }

    public static JobEvent of(Instant at, EventKind kind, String reason) {
        return new JobEvent(0, at, kind, Optional.empty(), Optional.empty(), Optional.empty(), reason, "");
    }

    JobEvent about(int number) {
        return new JobEvent(id, at, kind, from, to, Optional.of(number), reason, actor);
    }

    /** As it is stored. */
    JobEvent numbered(long number) {
        return new JobEvent(number, at, kind, from, to, attempt, reason, actor);
    }

    /** The same, caused by somebody. */
    public JobEvent by(String name) {
        return new JobEvent(id, at, kind, from, to, attempt, reason, name);
    }
}
