package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FlinkStatus;
import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** How a running version is replaced, and how the way back is kept, one rule at a time. */
class DeploymentTest {
    private static final int A_WHILE = 90;

    private final OneJob one = new OneJob();

    private Deployment deployment() {
        return one.store.deployments(one.job().id(), 1).get(0);
    }

    private void deploy(String script) {
        one.edit(script);
        one.want(one.job().wish().start(one.job().version(), StartFrom.LATEST));
    }

    private long progress(Attempt attempt) {
        return attempt.restorePath().map(one.cluster.saved::get).orElse(0L);
    }

    private void runs(long version) {
        assertThat(one.attempt().version()).isEqualTo(version);
        assertThat(one.job().observed()).isEqualTo(ObservedState.RUNNING);
        assertThat(one.cluster.runs.get(one.newest()).status).isEqualTo(FlinkStatus.RUNNING);
    }

    @Test
    void theNewVersionGoesOnFromTheSavepointOfTheOldOne() {
        one.running(JobMode.STREAMING);
        one.seconds(5);
        deploy("better");
        one.seconds(5);

        runs(2);
        assertThat(one.attempt().restorePath().orElseThrow()).startsWith("savepoints/");
        assertThat(progress(one.attempt())).isEqualTo(7);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.VERIFYING);

        one.cluster.checkpoint(one.newest());
        one.seconds(2);
        assertThat(deployment().phase()).as("it runs for moments only").isEqualTo(DeploymentPhase.VERIFYING);
        one.seconds(10);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.DONE);
    }

    @Test
    void goesBackFromAVersionThatIsRefused() {
        one.running(JobMode.STREAMING);
        one.seconds(5);
        deploy("nonsense");
        one.seconds(6);

        runs(1);
        assertThat(progress(one.attempt())).isEqualTo(7);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.RETURNED);
        assertThat(deployment().outcome()).contains("Encountered");
        assertThat(one.job().observation().reason()).contains("not 2").contains("Encountered");
    }

    @Test
    void goesBackFromAVersionThatFails() {
        one.running(JobMode.STREAMING);
        one.seconds(5);
        deploy("fails");
        one.seconds(10);

        runs(1);
        assertThat(progress(one.attempt())).isEqualTo(7);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.RETURNED);
        assertThat(one.store.attempts(one.job().id()))
                .extracting(Attempt::version)
                .containsExactly(1L, 2L, 1L);
    }

    @Test
    void goesBackFromAVersionThatFlinkRestartsAgainAndAgain() {
        one.running(JobMode.STREAMING);
        deploy("flaps");
        one.seconds(A_WHILE);

        runs(1);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.RETURNED);
        assertThat(deployment().outcome()).contains("A failure of kind UNKNOWN");
    }

    @Test
    void goesBackFromAVersionWhoseTasksNeverRun() {
        one.running(JobMode.STREAMING);
        one.cluster.starves = true;
        deploy("too big");
        one.seconds((int) DeploymentPlanner.TO_RUN.toSeconds() + 10);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.RETURNING);

        one.cluster.starves = false;
        one.seconds(5);
        runs(1);
    }

    @Test
    void oneFailureAfterAGoodWhileIsNoReasonToGoBack() {
        one.running(JobMode.STREAMING);
        one.cluster.declines = true;
        deploy("better");
        one.seconds(A_WHILE);
        one.cluster.runs.get(one.newest()).status = FlinkStatus.RESTARTING;
        one.round();
        one.seconds(A_WHILE);

        runs(2);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.VERIFYING);
    }

    @Test
    void goesBackFromTheCheckpointOfAVersionThatFailedAfterIt() {
        one.running(JobMode.STREAMING);
        deploy("better");
        one.seconds(5);
        one.cluster.checkpoint(one.newest());
        one.cluster.end(one.newest(), FlinkStatus.FAILED);
        one.seconds(5);

        runs(1);
        assertThat(one.attempt().restorePath().orElseThrow())
                .as("what it wrote until then counts")
                .startsWith("checkpoints/");
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.RETURNED);
    }

    @Test
    void goesBackFromTheCheckpointOfAnEarlierAttemptOfTheNewVersion() {
        one.running(JobMode.STREAMING);
        deploy("better");
        one.seconds(5);
        one.cluster.checkpoint(one.newest());
        String reached = one.cluster.left(one.newest()).get(0).path();
        one.clock.advance(Duration.ofSeconds(20));
        one.cluster.restart(true);
        one.round();
        assertThat(one.attempt().version()).isEqualTo(2);
        assertThat(one.attempt().restorePath()).contains(reached);
        one.cluster.end(one.newest(), FlinkStatus.FAILED);
        one.seconds(5);

        runs(1);
        assertThat(one.attempt().restorePath()).contains(reached);
    }

    @Test
    void whereStateWasDroppedThereIsNoWayBackBehindACheckpoint() {
        one.running(JobMode.STREAMING);
        one.edit("better");
        one.want(one.job().wish().start(2, StartFrom.LATEST.dropping()));
        one.seconds(5);
        one.cluster.checkpoint(one.newest());
        one.cluster.end(one.newest(), FlinkStatus.FAILED);
        one.seconds(5);

        runs(2);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.DONE);
    }

    @Test
    void theOldVersionRunsOnWhenItCannotBeSaved() {
        one.running(JobMode.STREAMING);
        one.cluster.savepointsFail = true;
        deploy("better");
        one.seconds(A_WHILE);

        runs(1);
        assertThat(one.store.attempts(one.job().id())).as("never stopped").hasSize(1);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.FAILED);
        assertThat(one.job().observation().reason()).contains("not 2").contains("savepoint failed");
    }

    @Test
    void whatDoesNotRunWhollyIsReplacedWithoutASavepoint() {
        one.running(JobMode.STREAMING);
        one.cluster.checkpoint(one.newest());
        one.cluster.runs.get(one.newest()).status = FlinkStatus.RESTARTING;
        one.round();
        deploy("a mended version");
        one.round();
        one.seconds(5);

        runs(2);
        assertThat(one.attempt().restorePath().orElseThrow()).startsWith("checkpoints/");
    }

    @Test
    void aDeploymentThatBeginsEmptyGoesBackToTheStateOfTheOldVersion() {
        one.running(JobMode.STREAMING);
        one.seconds(5);
        one.edit("fails");
        one.want(one.job().wish().start(2, StartFrom.EMPTY));
        one.seconds(10);

        assertThat(one.store.attempts(one.job().id()).get(1).restorePath()).isEmpty();
        runs(1);
        assertThat(progress(one.attempt())).isEqualTo(7);
    }

    @Test
    void whoWantsItStoppedMeanwhileGetsItStopped() {
        one.running(JobMode.STREAMING);
        deploy("better");
        one.round();
        one.want(one.job().wish().stop(true));
        one.seconds(5);

        assertThat(one.job().observed()).isEqualTo(ObservedState.IDLE);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.SUPERSEDED);
        assertThat(one.job().restorePath().orElseThrow()).startsWith("savepoints/");
    }

    @Test
    void aBatchJobIsNotReplaced() {
        one.running(JobMode.BATCH);
        deploy("better");
        one.seconds(3);

        runs(1);
        assertThat(one.store.deployments(one.job().id(), 1)).isEmpty();
    }

    @Test
    void aVersionThatFinishesIsThere() {
        one.running(JobMode.STREAMING);
        deploy("bounded");
        one.seconds(5);
        one.cluster.end(one.newest(), FlinkStatus.FINISHED);
        one.seconds(2);

        assertThat(one.job().observed()).isEqualTo(ObservedState.FINISHED);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.DONE);
    }

    @Test
    void whatFinishesBeforeItIsReplacedIsNotRunAgain() {
        one.running(JobMode.STREAMING);
        deploy("better");
        one.cluster.savepointsFail = true;
        one.round();
        one.cluster.end(one.newest(), FlinkStatus.FINISHED);
        one.seconds(5);

        assertThat(one.job().observed()).isEqualTo(ObservedState.FINISHED);
        assertThat(one.store.attempts(one.job().id())).hasSize(1);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.FAILED);
    }

    @Test
    void startsFromAGivenSnapshotOnce() {
        one.running(JobMode.STREAMING);
        one.seconds(3);
        one.want(one.job().wish().stop(true));
        one.seconds(3);
        String early = one.job().restorePath().orElseThrow();
        one.start();
        one.seconds(5);
        one.want(one.job().wish().stop(true));
        one.seconds(3);

        one.want(one.job().wish().start(1, StartFrom.snapshot(early)));
        one.seconds(2);
        assertThat(one.attempt().restorePath()).contains(early);

        one.cluster.checkpoint(one.newest());
        one.clock.advance(Duration.ofSeconds(20));
        one.cluster.restart(true);
        one.seconds(3);
        assertThat(one.attempt().restorePath().orElseThrow())
                .as("a restart goes on from the newest")
                .startsWith("checkpoints/");
    }

    @Test
    void aVersionWhoseCheckpointsAreFarApartIsAskedForOne() {
        one.running(JobMode.STREAMING);
        deploy("better");
        one.seconds(25);
        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.VERIFYING);
        assertThat(one.cluster.asked).isEmpty();

        one.seconds(15);

        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.DONE);
        assertThat(one.cluster.asked).containsExactly(one.newest().value());
    }

    @Test
    void aVersionThatHasMadeACheckpointAndOneThatReplacesNothingAreAskedForNone() {
        one.running(JobMode.STREAMING);
        one.seconds(40);
        deploy("better");
        one.seconds(5);
        one.cluster.checkpoint(one.newest());
        one.seconds(40);

        assertThat(deployment().phase()).isEqualTo(DeploymentPhase.DONE);
        assertThat(one.cluster.asked).isEmpty();
    }

    @Test
    void phasesMoveAsTheyAreDrawn() {
        var moves = new Transitions<>(DeploymentPhase.class, DeploymentPhase::canBecome);
        for (DeploymentPhase from : DeploymentPhase.values()) {
            for (DeploymentPhase to : DeploymentPhase.values()) {
                if (from.canBecome(to)) {
                    assertThat(from.open()).as("%s to %s", from, to).isTrue();
                    moves.visit(from, to);
                }
            }
        }
        moves.allVisited();
    }
}
