package io.millrace.core.job;

import io.millrace.core.target.Failure;
import io.millrace.core.target.Snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step being written. Every move of a machine adds its event. */
final class Draft {
    private final List<JobEvent> events = new ArrayList<>();
    private final List<SnapshotEntry> snapshots = new ArrayList<>();
    private final Instant now;
    private JobState next;
    private Part part = Part.RECONCILER;
    private Optional<Failure> failure = Optional.empty();

    Draft(JobState before, Instant now) {
        this.next = before;
        this.now = now;
    }

    JobState next() {
        return next;
    }

    Attempt attempt() {
        return next.attempt().orElseThrow();
    }

    /** Who causes what is told from here on, but for deployments, which are one part's business. */
    Draft as(Part cause) {
        part = cause;
        return this;
    }

    private JobEvent event(EventKind kind, String reason) {
        return JobEvent.of(now, kind, reason).by(part.actor());
    }

    /** The same state for the same reason is nothing new. */
    Draft observe(ObservedState state, String reason) {
        Observation before = next.job().observation();
        if (before.state() == state && before.reason().equals(reason)) {
            return this;
        }
        if (before.state() != state) {
            events.add(new JobEvent(
                    0,
                    now,
                    EventKind.STATE_CHANGED,
                    Optional.of(before.state()),
                    Optional.of(state),
                    next.attempt().map(Attempt::number),
                    reason,
                    part.actor()));
        }
        return job(next.job().saw(before.become(state, reason, now)));
    }

    Draft job(Job job) {
        next = new JobState(job, next.attempt(), next.stop(), next.deployment(), next.spec());
        return this;
    }

    Draft attempt(Attempt attempt, EventKind kind, String reason) {
        events.add(event(kind, reason).about(attempt.number()));
        return attempt(attempt);
    }

    Draft attempt(Attempt attempt) {
        Optional<StopOperation> stop = next.stop().filter(operation -> operation.attempt() == attempt.number());
        next = new JobState(next.job(), Optional.of(attempt), stop, next.deployment(), next.spec());
        return this;
    }

    Draft stop(StopOperation stop, EventKind kind, String reason) {
        events.add(event(kind, reason).about(stop.attempt()));
        return stop(stop);
    }

    private Draft stop(StopOperation stop) {
        next = new JobState(next.job(), next.attempt(), Optional.of(stop), next.deployment(), next.spec());
        return this;
    }

    Draft deployment(Deployment deployment, EventKind kind, String reason) {
        JobEvent event = JobEvent.of(now, kind, reason).by(Part.DEPLOYMENT.actor());
        events.add(next.attempt().map(attempt -> event.about(attempt.number())).orElse(event));
        return deployment(deployment);
    }

    /** Tells what came of it. */
    Draft deployment(Deployment deployment, EventKind kind) {
        return deployment(deployment, kind, deployment.outcome());
    }

    Draft deployment(Deployment deployment) {
        next = new JobState(next.job(), next.attempt(), next.stop(), Optional.of(deployment), next.spec());
        return this;
    }

    /** Closes the open stop, if there is one. */
    Draft closeStop(StopPhase phase, String outcome) {
        next.openStop().ifPresent(open -> {
            stop(open.become(phase, outcome, now));
            if (phase == StopPhase.FAILED) {
                events.add(event(EventKind.STOP_FAILED, outcome).about(open.attempt()));
            }
        });
        return this;
    }

    /** A savepoint is there; it is told once. */
    Draft savepoint(Snapshot savepoint) {
        next.openStop().filter(open -> open.savepoint().isEmpty()).ifPresent(open -> {
            stop(
                    open.has(savepoint, now),
                    EventKind.SAVEPOINT_COMPLETED,
                    "The savepoint is complete: " + savepoint.path() + ".");
            snapshots.add(SnapshotEntry.stopped(next, savepoint, now));
        });
        return this;
    }

    /** Kept with the attempt, in the place of an earlier one. */
    Draft failed(Optional<Failure> why) {
        failure = why.or(() -> failure);
        return this;
    }

    /** Checkpoints are left of the attempt; {@code newest} speaks for all. */
    Draft left(Snapshot newest) {
        snapshots.add(SnapshotEntry.left(next, newest, now));
        return this;
    }

    Step then(Act act) {
        return new Step(act, next, events, snapshots, failure);
    }
}
