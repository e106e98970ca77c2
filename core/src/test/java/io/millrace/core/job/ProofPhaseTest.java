package io.millrace.core.job;

import static io.millrace.core.job.ProofPhase.ENDING;
import static io.millrace.core.job.ProofPhase.RUNNING;
import static io.millrace.core.job.ProofPhase.SAVING;
import static io.millrace.core.job.ProofPhase.SUBMITTING;
import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.TargetName;
import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The machine of a proof, moved by the planner. */
class ProofPhaseTest {
    private static final Instant LATE = NOON.plusSeconds(200);

    private final Proof saving = Proof.of(
            UUID.randomUUID(),
            new Proof.What(JobId.create(), "default.job", TargetName.LOCAL, 1, 2, false, 0, "alice"),
            "savepoints/1",
            NOON);
    private final Proof submitting = saving.submitting("savepoints/1", 7, Duration.ofMinutes(3), NOON);
    private final Proof running = submitting.runs(NOON);
    private final Proof ending = running.judged(ProofVerdict.PROVEN, "It is.", false, NOON);

    private Optional<FlinkJob> shown(FlinkStatus status, int tasks) {
        return Optional.of(new FlinkJob(submitting.sent().orElseThrow().id(), "proof", status, 2, tasks, 0));
    }

    private ProofPhase seen(Proof proof, Optional<FlinkJob> job, Instant now) {
        return ProofPlanner.seen(proof, job, true, Optional.empty(), now).phase();
    }

    private ProofPhase answered(SubmitAnswer.Verdict verdict) {
        return ProofPlanner.answered(submitting, new SubmitAnswer(verdict, "why"), NOON)
                .phase();
    }

    @Test
    void everyMoveOfTheTableIsMadeAndNoOther() {
        Transitions<ProofPhase> moves = new Transitions<>(ProofPhase.class, ProofPhase::canBecome);
        moves.visit(SAVING, submitting.phase());
        moves.visit(
                SAVING, saving.judged(ProofVerdict.FAILED, "why", true, NOON).phase());
        moves.visit(SUBMITTING, answered(SubmitAnswer.Verdict.ACCEPTED));
        moves.visit(SUBMITTING, seen(submitting, shown(FlinkStatus.RUNNING, 2), NOON));
        moves.visit(SUBMITTING, answered(SubmitAnswer.Verdict.REJECTED));
        moves.visit(RUNNING, seen(running, shown(FlinkStatus.CREATED, 0), LATE));
        moves.visit(RUNNING, seen(running, shown(FlinkStatus.FAILED, 0), NOON));
        moves.visit(ENDING, seen(ending, Optional.empty(), NOON));

        moves.allVisited();
        assertThatThrownBy(() -> ending.runs(NOON)).isInstanceOf(IllegalStateException.class);
    }
}
