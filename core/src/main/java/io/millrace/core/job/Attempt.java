package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution in Flink. At most one of a job is not {@link AttemptState#ENDED}; the store enforces it.
 *
 * @param number from 1
 * @param wish the wish that it serves
 * @param version what it runs, for ever
 * @param restorePath what it starts from
 * @param sent when and to which JobManager it was sent; empty in INTENT
 * @param runningSince when all its tasks were first seen running
 * @param checkpoint a completed checkpoint of it, not always the newest: proof that it has state worth keeping
 * @param end how it ended; present exactly in ENDED
 */
public record Attempt(
        JobId job,
        int number,
        FlinkJobId flinkJobId,
        long wish,
        long version,
        Optional<String> restorePath,
        AttemptState state,
        Optional<Sent> sent,
        Optional<Instant> runningSince,
        Optional<Snapshot> checkpoint,
        Optional<End> end) {
    public Attempt {
        requireNonNull(job, "job");
        requireNonNull(flinkJobId, "flinkJobId");
        requireNonNull(restorePath, "restorePath");
        requireNonNull(state, "state");
        requireNonNull(sent, "sent");
        requireNonNull(runningSince, "runningSince");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(end, "end");
        if (number < 1) {
            throw new IllegalArgumentException("attempts count from 1, got " + number);
        }
        if ((state == AttemptState.ENDED) != end.isPresent()) {
            throw new IllegalArgumentException("an end belongs to ENDED, got " + state + " with " + end);
        }
        if (state == AttemptState.SUBMITTING && sent.isEmpty()) {
            throw new IllegalArgumentException("SUBMITTING without where and when");
        }
    }

    /**
     * Where and when an attempt was sent.
     *
     * @param incarnation names the JobManager process
     * @param first when it was sent first
     * @param last when it was sent last, after which a request may still be on its way for a while
     */
    public record Sent(String incarnation, Instant first, Instant last) {
        public Sent {
            requireNonNull(incarnation, "incarnation");
            requireNonNull(first, "first");
            requireNonNull(last, "last");
        }
    }

    /** How an attempt ended, and how we know. */
    public record End(EndCause cause, String evidence, Instant at) {
        public End {
            requireNonNull(cause, "cause");
            requireNonNull(evidence, "evidence");
            requireNonNull(at, "at");
        }
    }

    static Attempt intend(Job job, long version, int number, int tag, Optional<String> restorePath) {
        return new Attempt(
                job.id(),
                number,
                FlinkJobId.of(tag, job.id().value(), number),
                job.wish().number(),
                version,
                restorePath,
                AttemptState.INTENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean live() {
        return state != AttemptState.ENDED;
    }

    /** Whether it got anywhere: all of it ran, or it saved state. Until then what it began with is only tried. */
    boolean worked() {
        return runningSince.isPresent() || checkpoint.isPresent();
    }

    Attempt submitting(String incarnation, Instant now) {
        Sent again = sent.map(before -> new Sent(before.incarnation(), before.first(), now))
                .orElseGet(() -> new Sent(incarnation, now, now));
        return moved(AttemptState.SUBMITTING, Optional.of(again), Optional.empty());
    }

    /** The cluster has it; {@code incarnation} is the JobManager that showed it. */
    Attempt submitted(String incarnation, Instant now) {
        Sent there = sent.map(before -> new Sent(incarnation, before.first(), before.last()))
                .orElseGet(() -> new Sent(incarnation, now, now));
        return moved(AttemptState.SUBMITTED, Optional.of(there), Optional.empty());
    }

    Attempt ended(EndCause cause, String evidence, Instant now) {
        return moved(AttemptState.ENDED, sent, Optional.of(new End(cause, evidence, now)));
    }

    private Attempt moved(AttemptState next, Optional<Sent> where, Optional<End> how) {
        if (next != state && !state.canBecome(next)) {
            throw new IllegalStateException("attempt " + flinkJobId + ": " + state + " cannot become " + next);
        }
        return new Attempt(
                job, number, flinkJobId, wish, version, restorePath, next, where, runningSince, checkpoint, how);
    }

    Attempt runs(Instant now) {
        Optional<Instant> since = Optional.of(runningSince.orElse(now));
        return new Attempt(job, number, flinkJobId, wish, version, restorePath, state, sent, since, checkpoint, end);
    }

    Attempt has(Snapshot completed) {
        return new Attempt(
                job,
                number,
                flinkJobId,
                wish,
                version,
                restorePath,
                state,
                sent,
                runningSince,
                Optional.of(completed),
                end);
    }

    /** A later wish that this attempt happens to fulfil as well. */
    Attempt serves(long later) {
        return new Attempt(
                job, number, flinkJobId, later, version, restorePath, state, sent, runningSince, checkpoint, end);
    }
}
