package io.millrace.core.job;

import static io.millrace.core.job.DesiredState.STOPPED;

import java.util.Optional;

/**
 * Decides the next step for one job, from what is recorded and what was seen. Pure: no clock, no I/O, no log.
 *
 * <p>The submission protocol is in {@link SubmissionPlanner}, the stop protocol in {@link StopPlanner}, and what
 * follows from the end or disappearance of an attempt in {@link EndPlanner}.
 */
final class JobPlanner {
    private JobPlanner() {}

    /** {@code seen} is present exactly when an attempt is live. */
    static Step next(JobState state, Optional<Sighting> seen, Surroundings around) {
        Draft draft = new Draft(state, around.now());
        if (state.live().isEmpty()) {
            return withoutAttempt(state, draft, around);
        }
        Sighting sighting = seen.orElseThrow();
        if (sighting.job().isPresent()) {
            return RunPlanner.present(state, sighting, draft, around);
        }
        return switch (state.live().get().state()) {
            case INTENT -> SubmissionPlanner.unsent(state, sighting, draft, around);
            case SUBMITTING -> SubmissionPlanner.unanswered(state, sighting, draft, around);
            case SUBMITTED -> gone(state, sighting, draft, around);
            case ENDED -> throw new IllegalStateException("an ended attempt is not live");
        };
    }

    private static Step withoutAttempt(JobState state, Draft draft, Surroundings around) {
        if (state.atRest()) {
            return draft.then(Act.NONE);
        }
        if (state.job().desired() == STOPPED) {
            String last = state.job().observation().reason();
            return draft.observe(ObservedState.IDLE, "Put to rest. Before: " + last)
                    .then(Act.NONE);
        }
        return draft.then(state.job().patience().waits(around.now()) ? Act.NONE : Act.PREPARE);
    }

    /**
     * The cluster once had it. A JobManager without high availability forgets all jobs when it dies, and they die with
     * it: the new one's first clear word is enough, unless the job was sent moments ago, when a second request may
     * still be on its way to the new one. From the same JobManager it takes several looks.
     */
    private static Step gone(JobState state, Sighting seen, Draft draft, Surroundings around) {
        Attempt.Sent sent = state.live().flatMap(Attempt::sent).orElseThrow();
        boolean successor = !sent.incarnation().equals(seen.incarnation()) && seen.arrived(sent, around.now());
        return draft.then(successor || seen.surelyAbsent(sent, around.now()) ? Act.GATHER : Act.NONE);
    }
}
