package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What later attempts of a job go on from that was started from something else than what it has. */
class StartFromTest {
    private static final String IMPORT = "imports/savepoint-1";

    private final OneJob one = new OneJob();

    @BeforeEach
    void anotherJobLeftASavepoint() {
        one.cluster.imported(IMPORT, 100);
    }

    private String stopped() {
        one.running(JobMode.STREAMING);
        one.seconds(3);
        stop(true);
        return one.job().restorePath().orElseThrow();
    }

    private void stop(boolean withSavepoint) {
        one.want(one.job().wish().stop(withSavepoint));
        one.seconds(3);
        assertThat(one.job().observed()).isEqualTo(ObservedState.IDLE);
    }

    private void start(StartFrom from) {
        one.want(one.job().wish().start(1, from));
        one.seconds(2);
    }

    private void clusterDies() {
        one.clock.advance(Duration.ofSeconds(20));
        one.cluster.restart(true);
        one.seconds(3);
    }

    @Test
    void whatIsRestartedBeforeItsFirstCheckpointGoesOnFromWhatItWasGiven() {
        stopped();
        start(StartFrom.snapshot(IMPORT));

        clusterDies();

        assertThat(one.attempt().number()).isEqualTo(3);
        assertThat(one.attempt().restorePath()).contains(IMPORT);
        stop(false);
        start(StartFrom.LATEST);
        assertThat(one.attempt().restorePath()).as("it ran from there").contains(IMPORT);
    }

    @Test
    void whatNeverRanIsTriedAgainWithWhatItWasGiven() {
        String own = stopped();
        one.cluster.starves = true;
        start(StartFrom.snapshot(IMPORT));
        assertThat(one.job().restorePath()).contains(own);

        clusterDies();

        assertThat(one.attempt().number()).isEqualTo(3);
        assertThat(one.attempt().restorePath()).contains(IMPORT);
    }

    @Test
    void aLaterStartGoesOnFromItsOwnWhenWhatItWasGivenNeverRan() {
        String own = stopped();
        one.cluster.starves = true;
        start(StartFrom.snapshot(IMPORT));
        stop(true);

        one.cluster.starves = false;
        start(StartFrom.LATEST);

        assertThat(one.attempt().restorePath()).contains(own);
    }

    @Test
    void aLaterStartIsNotEmptyWhenTheEmptyOneNeverRan() {
        String own = stopped();
        one.cluster.missing = true;
        start(StartFrom.EMPTY);
        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);

        one.cluster.missing = false;
        start(StartFrom.LATEST);

        assertThat(one.attempt().restorePath()).contains(own);
    }

    @Test
    void whatHasNothingOfItsOwnGoesOnFromWhatItWasGiven() {
        one.create(JobMode.STREAMING);
        one.cluster.missing = true;
        start(StartFrom.snapshot(IMPORT));
        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);

        one.cluster.missing = false;
        start(StartFrom.LATEST);

        assertThat(one.attempt().restorePath()).contains(IMPORT);
    }

    @Test
    void whatSavedStateUnseenGoesOnFromThat() {
        stopped();
        one.want(one.job().wish().start(1, StartFrom.snapshot(IMPORT)));
        one.round();
        one.cluster.tick();
        one.cluster.checkpoint(one.newest());
        String own = one.cluster.left(one.newest()).get(0).path();

        clusterDies();

        assertThat(one.attempt().restorePath()).contains(own);
    }

    @Test
    void aDeploymentFromAnImportThatNeverRanGoesBackToWhereTheOldVersionWas() {
        one.running(JobMode.STREAMING);
        one.seconds(3);
        one.edit("nonsense");
        one.want(one.job().wish().start(2, StartFrom.snapshot(IMPORT)));
        one.seconds(10);

        assertThat(one.attempt().version()).isEqualTo(1);
        assertThat(one.attempt().restorePath().orElseThrow()).startsWith("savepoints/");
    }
}
