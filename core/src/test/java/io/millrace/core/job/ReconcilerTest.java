package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Submission;
import io.millrace.core.target.TargetName;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The protocol, one rule at a time; {@link JobSimulation} mixes them. */
class ReconcilerTest {
    private static final Duration LONG = Duration.ofSeconds(16);

    private final OneJob one = new OneJob();
    private final TestClock clock = one.clock;
    private final InMemoryJobs store = one.store;
    private final FakeCluster cluster = one.cluster;

    @Test
    void startsWhatShouldRun() {
        one.running(JobMode.STREAMING);

        assertThat(cluster.accepted).hasSize(1);
        assertThat(one.attempt().state()).isEqualTo(AttemptState.SUBMITTED);
    }

    @Test
    void adoptsAJobWhoseAnswerNeverCame() {
        one.create(JobMode.STREAMING);
        one.start();
        cluster.swallowsAnswer = true;
        one.round();
        assertThat(one.attempt().state()).isEqualTo(AttemptState.SUBMITTING);

        one.serverRestarts();
        one.round();

        assertThat(one.attempt().state()).isEqualTo(AttemptState.SUBMITTED);
        assertThat(cluster.accepted).hasSize(1);
    }

    @Test
    void doesNotBelieveOneNotFoundOfTheSameJobManager() {
        one.running(JobMode.STREAMING);
        cluster.runs.clear();

        one.round();
        clock.advance(LONG);
        one.round();
        assertThat(one.attempt().live()).as("two looks are not enough").isTrue();
        one.round();

        assertThat(store.attempts(one.job().id()).get(0).end().orElseThrow().cause())
                .isEqualTo(EndCause.LOST);
    }

    @Test
    void goesOnFromTheNewestCheckpointAfterTheJobManagerDied() {
        one.running(JobMode.STREAMING);
        cluster.checkpoint(one.newest());
        String checkpoint = cluster.left(one.newest()).get(0).path();
        clock.advance(LONG);
        cluster.restart(true);

        one.round();

        assertThat(one.attempt().number()).isEqualTo(2);
        assertThat(one.attempt().restorePath()).contains(checkpoint);
        assertThat(one.job().observed()).isEqualTo(ObservedState.RESTARTING);
    }

    @Test
    void waitsForARequestThatMayStillBeOnItsWay() {
        one.running(JobMode.STREAMING);
        cluster.restart(true);

        one.round();

        assertThat(one.attempt().number()).as("it was sent moments ago").isEqualTo(1);
        assertThat(one.attempt().live()).isTrue();
    }

    @Test
    void knowsFromTheArchiveThatABatchJobIsDone() {
        one.running(JobMode.BATCH);
        cluster.end(one.newest(), FlinkStatus.FINISHED);
        clock.advance(LONG);
        cluster.restart(false);

        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.FINISHED);
        assertThat(cluster.accepted).hasSize(1);
    }

    @Test
    void asksPeopleWhenNobodyKnowsHowFarABatchJobCame() {
        one.running(JobMode.BATCH);
        clock.advance(LONG);
        cluster.restart(true);

        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.NEEDS_DECISION);
        one.start();
        one.round();
        assertThat(one.attempt().number()).isEqualTo(2);
    }

    @Test
    void neverStartsEmptyByAccident() {
        one.running(JobMode.STREAMING);
        cluster.checkpoint(one.newest());
        one.round();
        clock.advance(LONG);
        cluster.restart(true);
        cluster.lose("");

        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.NEEDS_DECISION);
        assertThat(cluster.accepted).hasSize(1);
        one.want(one.job().wish().start(1, StartFrom.EMPTY));
        one.round();
        assertThat(one.attempt().restorePath()).as("asked for").isEmpty();
    }

    @Test
    void findsTheSavepointOfAStopWhoseEndItDidNotSee() {
        one.running(JobMode.STREAMING);
        one.want(one.job().wish().stop(true));
        one.round();
        cluster.tick();
        clock.advance(LONG);
        cluster.restart(true);
        one.serverRestarts();

        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.IDLE);
        assertThat(one.job().restorePath().orElseThrow()).startsWith("savepoints/");
        assertThat(store.stops(one.job().id())).hasSize(1);
    }

    @Test
    void stopsWithoutASavepointWhenPeopleNoLongerWaitForIt() {
        one.running(JobMode.STREAMING);
        cluster.savepointsFail = true;
        one.want(one.job().wish().stop(true));
        one.round();

        one.want(one.job().wish().stop(false));
        one.round();
        cluster.tick();
        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.IDLE);
        assertThat(cluster.runs.get(one.newest()).status).isEqualTo(FlinkStatus.CANCELED);
    }

    @Test
    void givesUpWhatFailsAgainAndAgain() {
        one.running(JobMode.STREAMING);
        for (int failure = 0; failure < 3; failure++) {
            cluster.fail(one.newest(), FakeCluster.failure(FailureKind.UNKNOWN));
            one.round();
            clock.advance(Duration.ofSeconds(10));
            one.round();
        }

        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(one.job().observation().reason()).contains("kind UNKNOWN").contains("3 times");
        assertThat(cluster.accepted).hasSize(3);
    }

    @Test
    void leavesJobsOfOtherTargetsAlone() {
        one.create(JobMode.STREAMING);
        one.start();
        one.lease = store.leases.takeOver(new TargetName("elsewhere"), "first");

        one.round();

        assertThat(cluster.accepted).isEmpty();
    }

    @Test
    void sweepsStraysAndLeavesOthersAlone() {
        one.running(JobMode.STREAMING);
        FlinkJobId stray = FlinkJobId.of(one.lease.tag(), UUID.randomUUID(), 1);
        FlinkJobId foreign = FlinkJobId.of(one.lease.tag() + 1, UUID.randomUUID(), 1);
        for (FlinkJobId id : new FlinkJobId[] {stray, foreign}) {
            cluster.submit(new Submission(id, "other", "INSERT", Map.of(), Optional.empty()));
        }

        new StraySweep(store, store.proofs, cluster, clock).sweep(one.lease, cluster.overview(), List.of());

        assertThat(cluster.runs.get(stray).status).isEqualTo(FlinkStatus.CANCELLING);
        assertThat(cluster.runs.get(foreign).status).isEqualTo(FlinkStatus.CREATED);
        assertThat(cluster.runs.get(one.newest()).status).isEqualTo(FlinkStatus.RUNNING);
    }
}
