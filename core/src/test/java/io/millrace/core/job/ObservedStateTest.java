package io.millrace.core.job;

import static io.millrace.core.job.ObservedState.FAILED;
import static io.millrace.core.job.ObservedState.FINISHED;
import static io.millrace.core.job.ObservedState.IDLE;
import static io.millrace.core.job.ObservedState.NEEDS_DECISION;
import static io.millrace.core.job.ObservedState.RESTARTING;
import static io.millrace.core.job.ObservedState.RUNNING;
import static io.millrace.core.job.ObservedState.STARTING;
import static io.millrace.core.job.ObservedState.STOPPING;

import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

/** The tables; that every move happens is for {@link JobSimulation} to show. */
class ObservedStateTest {
    @Test
    void movesOnlyAsDeclared() {
        new Transitions<>(ObservedState.class, ObservedState::canBecome)
                .areExactly(Map.of(
                        IDLE, Set.of(STARTING, NEEDS_DECISION),
                        STARTING, Set.of(IDLE, RUNNING, RESTARTING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
                        RUNNING, Set.of(IDLE, RESTARTING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
                        RESTARTING, Set.of(IDLE, RUNNING, STOPPING, FINISHED, FAILED, NEEDS_DECISION),
                        STOPPING, Set.of(IDLE, RUNNING, FINISHED),
                        FINISHED, Set.of(STARTING),
                        FAILED, Set.of(STARTING, IDLE, NEEDS_DECISION),
                        NEEDS_DECISION, Set.of(STARTING, IDLE)));
    }

    @Test
    void anAttemptEndsOnceAndNeverGoesBack() {
        new Transitions<>(AttemptState.class, AttemptState::canBecome)
                .areExactly(Map.of(
                        AttemptState.INTENT,
                                Set.of(AttemptState.SUBMITTING, AttemptState.SUBMITTED, AttemptState.ENDED),
                        AttemptState.SUBMITTING, Set.of(AttemptState.SUBMITTED, AttemptState.ENDED),
                        AttemptState.SUBMITTED, Set.of(AttemptState.ENDED)));
    }

    @Test
    void aStopIsDecidedOnce() {
        new Transitions<>(StopPhase.class, StopPhase::canBecome)
                .areExactly(Map.of(
                        StopPhase.INTENT, Set.of(StopPhase.REQUESTED, StopPhase.DONE, StopPhase.FAILED),
                        StopPhase.REQUESTED, Set.of(StopPhase.DONE, StopPhase.FAILED)));
    }
}
