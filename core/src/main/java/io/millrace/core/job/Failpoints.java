package io.millrace.core.job;

import java.util.Optional;

/** Which failpoint lies before or after a commit. */
final class Failpoints {
    private Failpoints() {}

    static void before(JobState before, Step step) {
        if (moves(before, step, AttemptState.INTENT)) {
            Failpoint.SUBMIT_BEFORE_INTENT.hit();
        }
        if (runs(before, step)) {
            Failpoint.RUN_BEFORE_RUNNING.hit();
        }
        if (stops(before, step, StopPhase.INTENT)) {
            Failpoint.STOP_BEFORE_INTENT.hit();
        }
        if (saves(before, step)) {
            Failpoint.STOP_BEFORE_SAVEPOINT.hit();
        }
        if (stops(before, step, StopPhase.DONE)) {
            Failpoint.STOP_BEFORE_END.hit();
        }
    }

    static void after(JobState before, Step step) {
        if (moves(before, step, AttemptState.INTENT)) {
            Failpoint.SUBMIT_AFTER_INTENT.hit();
        }
        if (moves(before, step, AttemptState.SUBMITTING)) {
            Failpoint.SUBMIT_AFTER_SUBMITTING.hit();
        }
        if (moves(before, step, AttemptState.SUBMITTED)) {
            Failpoint.SUBMIT_AFTER_SUBMITTED.hit();
        }
        if (runs(before, step)) {
            Failpoint.RUN_AFTER_RUNNING.hit();
        }
        if (stops(before, step, StopPhase.INTENT)) {
            Failpoint.STOP_AFTER_INTENT.hit();
        }
        if (stops(before, step, StopPhase.REQUESTED)) {
            Failpoint.STOP_AFTER_REQUESTED.hit();
        }
        if (saves(before, step)) {
            Failpoint.STOP_AFTER_SAVEPOINT.hit();
        }
        if (stops(before, step, StopPhase.DONE)) {
            Failpoint.STOP_AFTER_END.hit();
        }
    }

    private static boolean moves(JobState before, Step step, AttemptState to) {
        return state(step.next()).equals(Optional.of(to)) && !state(before).equals(Optional.of(to));
    }

    private static Optional<AttemptState> state(JobState state) {
        return state.attempt().map(Attempt::state);
    }

    private static boolean runs(JobState before, Step step) {
        return before.job().observed() != ObservedState.RUNNING
                && step.next().job().observed() == ObservedState.RUNNING;
    }

    private static boolean stops(JobState before, Step step, StopPhase to) {
        return phase(step.next()).equals(Optional.of(to)) && !phase(before).equals(Optional.of(to));
    }

    private static Optional<StopPhase> phase(JobState state) {
        return state.stop().map(StopOperation::phase);
    }

    private static boolean saves(JobState before, Step step) {
        return step.next().stop().flatMap(StopOperation::savepoint).isPresent()
                && before.stop().flatMap(StopOperation::savepoint).isEmpty();
    }
}
