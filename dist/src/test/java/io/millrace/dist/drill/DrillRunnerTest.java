package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.drill.DrillRunner.Judgement;
import io.millrace.dist.drill.Outcome.Verdict;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

class DrillRunnerTest {
    private static final Drill DRILL = new SwallowedAnswerDrill();

    private static Judgement control(boolean broken, Throwable failure) {
        return DrillRunner.ofControl(DRILL, broken, Optional.of(failure));
    }

    @Test
    void aDrillPassesWhenNothingWasFound() {
        assertThat(DrillRunner.of(Optional.empty()).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(DrillRunner.of(Optional.of(new AssertionError("lost"))))
                .isEqualTo(new Judgement(Verdict.FAILED, "lost"));
    }

    @Test
    void aDrillThatCannotRunIsSkipped() {
        assertThat(DrillRunner.of(Optional.of(new TestAbortedException("needs root"))))
                .isEqualTo(new Judgement(Verdict.SKIPPED, "needs root"));
    }

    @Test
    void aControlThatIsNotNoticedFails() {
        assertThat(DrillRunner.ofControl(DRILL, true, Optional.empty()))
                .isEqualTo(new Judgement(
                        Verdict.FAILED, "The drill did not notice: a second submission behind the server's back."));
    }

    @Test
    void aControlPassesForItsOwnReasonOnly() {
        Judgement right = control(true, new AssertionError("look: default.f04 runs as a and as b"));

        assertThat(right).isEqualTo(new Judgement(Verdict.PASSED, "The drill said: … runs as a and as b"));
        assertThat(control(true, new AssertionError("no stack")).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(control(false, new AssertionError("f04 runs as a and as b")).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void eachDrillHasAnIdOfItsOwnAndAControl() {
        Set<String> ids = new HashSet<>();

        assertThat(Drills.ALL).allSatisfy(drill -> {
            assertThat(ids.add(drill.id())).as(drill.id()).isTrue();
            assertThat(drill.control().finding()).isNotBlank();
            assertThat(Drills.find(drill.id())).contains(drill);
        });
    }
}
