package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Submission;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The protocol, one rule at a time; {@link JobSimulation} mixes them. */
class ReconcilerTest {
    private static final Duration LONG = Duration.ofSeconds(16);

    private final TestClock clock = new TestClock();
    private final InMemoryJobs store = new InMemoryJobs();
    private final FakeCluster cluster = new FakeCluster();
    private Lease lease = store.takeOver("first", clock.instant());
    private Reconciler reconciler = reconciler();

    private Reconciler reconciler() {
        return new Reconciler(store, cluster, cluster, "savepoints", clock, UUID::randomUUID);
    }

    private JobName create(JobMode mode) {
        Job job = Job.create(JobId.create(), new JobName("job"), clock.instant());
        JobVersion first = new JobVersion(job.id(), 1, Samples.spec(mode), Samples.AUTHOR, clock.instant());
        store.create(job, first, JobEvent.of(clock.instant(), EventKind.APPLIED, "Created."));
        return job.name();
    }

    private Job job() {
        return store.find(new JobName("job")).orElseThrow().job();
    }

    private void want(Wish wish) {
        JobEvent event = JobEvent.of(clock.instant(), EventKind.START_REQUESTED, "Wanted.");
        assertThat(store.update(job().want(wish, clock.instant()), Optional.empty(), event))
                .isTrue();
    }

    private void start() {
        want(job().wish().start(1, false));
    }

    private void round() {
        reconciler.round(job().id(), lease, cluster.overview());
    }

    private FlinkJobId newest() {
        return attempt().flinkJobId();
    }

    private Attempt attempt() {
        return store.find(new JobName("job")).orElseThrow().attempt().orElseThrow();
    }

    private void running(JobMode mode) {
        create(mode);
        start();
        round();
        cluster.tick();
        round();
        assertThat(job().observed()).isEqualTo(ObservedState.RUNNING);
    }

    private void serverRestarts() {
        lease = store.takeOver("next", clock.instant());
        reconciler = reconciler();
    }

    @Test
    void startsWhatShouldRun() {
        running(JobMode.STREAMING);

        assertThat(cluster.accepted).hasSize(1);
        assertThat(attempt().state()).isEqualTo(AttemptState.SUBMITTED);
    }

    @Test
    void adoptsAJobWhoseAnswerNeverCame() {
        create(JobMode.STREAMING);
        start();
        cluster.swallowsAnswer = true;
        round();
        assertThat(attempt().state()).isEqualTo(AttemptState.SUBMITTING);

        serverRestarts();
        round();

        assertThat(attempt().state()).isEqualTo(AttemptState.SUBMITTED);
        assertThat(cluster.accepted).hasSize(1);
    }

    @Test
    void doesNotBelieveOneNotFoundOfTheSameJobManager() {
        running(JobMode.STREAMING);
        cluster.runs.clear();

        round();
        clock.advance(LONG);
        round();
        assertThat(attempt().live()).as("two looks are not enough").isTrue();
        round();

        assertThat(store.attempts(job().id()).get(0).end().orElseThrow().cause())
                .isEqualTo(EndCause.LOST);
    }

    @Test
    void goesOnFromTheNewestCheckpointAfterTheJobManagerDied() {
        running(JobMode.STREAMING);
        cluster.checkpoint(newest());
        String checkpoint = cluster.left(newest()).get(0).path();
        clock.advance(LONG);
        cluster.restart(true);

        round();

        assertThat(attempt().number()).isEqualTo(2);
        assertThat(attempt().restorePath()).contains(checkpoint);
        assertThat(job().observed()).isEqualTo(ObservedState.RESTARTING);
    }

    @Test
    void waitsForARequestThatMayStillBeOnItsWay() {
        running(JobMode.STREAMING);
        cluster.restart(true);

        round();

        assertThat(attempt().number()).as("it was sent moments ago").isEqualTo(1);
        assertThat(attempt().live()).isTrue();
    }

    @Test
    void knowsFromTheArchiveThatABatchJobIsDone() {
        running(JobMode.BATCH);
        cluster.end(newest(), FlinkStatus.FINISHED);
        clock.advance(LONG);
        cluster.restart(false);

        round();

        assertThat(job().observed()).isEqualTo(ObservedState.FINISHED);
        assertThat(cluster.accepted).hasSize(1);
    }

    @Test
    void asksPeopleWhenNobodyKnowsHowFarABatchJobCame() {
        running(JobMode.BATCH);
        clock.advance(LONG);
        cluster.restart(true);

        round();

        assertThat(job().observed()).isEqualTo(ObservedState.NEEDS_DECISION);
        start();
        round();
        assertThat(attempt().number()).isEqualTo(2);
    }

    @Test
    void neverStartsEmptyByAccident() {
        running(JobMode.STREAMING);
        cluster.checkpoint(newest());
        round();
        clock.advance(LONG);
        cluster.restart(true);
        cluster.lose("");

        round();

        assertThat(job().observed()).isEqualTo(ObservedState.NEEDS_DECISION);
        assertThat(cluster.accepted).hasSize(1);
        want(job().wish().start(1, true));
        round();
        assertThat(attempt().restorePath()).as("asked for").isEmpty();
    }

    @Test
    void findsTheSavepointOfAStopWhoseEndItDidNotSee() {
        running(JobMode.STREAMING);
        want(job().wish().stop(true));
        round();
        cluster.tick();
        clock.advance(LONG);
        cluster.restart(true);
        serverRestarts();

        round();

        assertThat(job().observed()).isEqualTo(ObservedState.IDLE);
        assertThat(job().restorePath().orElseThrow()).startsWith("savepoints/");
        assertThat(store.stops(job().id())).hasSize(1);
    }

    @Test
    void stopsWithoutASavepointWhenPeopleNoLongerWaitForIt() {
        running(JobMode.STREAMING);
        cluster.savepointsFail = true;
        want(job().wish().stop(true));
        round();

        want(job().wish().stop(false));
        round();
        cluster.tick();
        round();

        assertThat(job().observed()).isEqualTo(ObservedState.IDLE);
        assertThat(cluster.runs.get(newest()).status).isEqualTo(FlinkStatus.CANCELED);
    }

    @Test
    void givesUpWhatFailsAgainAndAgain() {
        running(JobMode.STREAMING);
        for (int failure = 0; failure < Patience.MOST_FAILURES; failure++) {
            cluster.end(newest(), FlinkStatus.FAILED);
            round();
            clock.advance(Duration.ofSeconds(10));
            round();
        }

        assertThat(job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(job().observation().reason()).contains("/ by zero").contains("3 times");
        assertThat(cluster.accepted).hasSize(Patience.MOST_FAILURES);
    }

    @Test
    void sweepsStraysAndLeavesOthersAlone() {
        running(JobMode.STREAMING);
        FlinkJobId stray = FlinkJobId.of(lease.tag(), UUID.randomUUID(), 1);
        FlinkJobId foreign = FlinkJobId.of(lease.tag() + 1, UUID.randomUUID(), 1);
        for (FlinkJobId id : new FlinkJobId[] {stray, foreign}) {
            cluster.submit(new Submission(id, "other", "INSERT", Map.of(), Optional.empty()));
        }

        new StraySweep(store, cluster, clock).sweep(lease, cluster.overview());

        assertThat(cluster.runs.get(stray).status).isEqualTo(FlinkStatus.CANCELLING);
        assertThat(cluster.runs.get(foreign).status).isEqualTo(FlinkStatus.CREATED);
        assertThat(cluster.runs.get(newest()).status).isEqualTo(FlinkStatus.RUNNING);
    }
}
