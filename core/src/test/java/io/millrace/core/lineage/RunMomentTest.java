package io.millrace.core.lineage;

import static io.millrace.core.lineage.RunMoment.ABORT;
import static io.millrace.core.lineage.RunMoment.COMPLETE;
import static io.millrace.core.lineage.RunMoment.FAIL;
import static io.millrace.core.lineage.RunMoment.RUNNING;
import static io.millrace.core.lineage.RunMoment.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Attempt;
import io.millrace.core.job.AttemptState;
import io.millrace.core.job.EndCause;
import io.millrace.core.job.JobId;
import io.millrace.core.target.FlinkJobId;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class RunMomentTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final JobId JOB = JobId.create();

    private static Attempt attempt(int number, AttemptState state, boolean running, Optional<EndCause> cause) {
        Optional<Attempt.Sent> sent =
                state == AttemptState.INTENT ? Optional.empty() : Optional.of(new Attempt.Sent("i", NOON, NOON));
        return new Attempt(
                JOB,
                number,
                FlinkJobId.of(1, UUID.randomUUID(), number),
                1,
                1,
                Optional.empty(),
                state,
                sent,
                running ? Optional.of(NOON) : Optional.empty(),
                Optional.empty(),
                cause.map(each -> new Attempt.End(each, "", NOON)));
    }

    private static Attempt ended(EndCause cause) {
        return attempt(1, AttemptState.ENDED, true, Optional.of(cause));
    }

    @Test
    void beginsWhenAnAttemptIsSentAndNotBefore() {
        Attempt intent = attempt(1, AttemptState.INTENT, false, Optional.empty());
        Attempt sent = attempt(1, AttemptState.SUBMITTING, false, Optional.empty());

        assertThat(RunMoment.between(Optional.empty(), intent)).isEmpty();
        assertThat(RunMoment.between(Optional.of(intent), sent)).containsExactly(START);
        assertThat(RunMoment.between(Optional.of(sent), sent)).isEmpty();
    }

    @Test
    void saysThatItRunsAndHowItEndsOnce() {
        Attempt sent = attempt(1, AttemptState.SUBMITTED, false, Optional.empty());
        Attempt running = attempt(1, AttemptState.SUBMITTED, true, Optional.empty());

        assertThat(RunMoment.between(Optional.of(sent), running)).containsExactly(RUNNING);
        assertThat(RunMoment.between(Optional.of(running), ended(EndCause.FINISHED)))
                .containsExactly(COMPLETE);
        assertThat(RunMoment.between(Optional.of(ended(EndCause.FINISHED)), ended(EndCause.FINISHED)))
                .isEmpty();
        for (EndCause cause : List.of(EndCause.STOPPED, EndCause.CANCELED, EndCause.WITHDRAWN)) {
            assertThat(RunMoment.between(Optional.of(running), ended(cause))).containsExactly(ABORT);
        }
        for (EndCause cause : List.of(EndCause.FAILED, EndCause.REJECTED, EndCause.LOST)) {
            assertThat(RunMoment.between(Optional.of(running), ended(cause))).containsExactly(FAIL);
        }
    }

    @Test
    void tellsAttemptsApart() {
        Attempt next = attempt(2, AttemptState.SUBMITTED, true, Optional.empty());

        assertThat(RunMoment.between(Optional.of(ended(EndCause.FAILED)), next)).containsExactly(START, RUNNING);
    }
}
