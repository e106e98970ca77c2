package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What follows from each kind of failure. */
class RestartTest {
    private final OneJob one = new OneJob();

    /** Fails soon after it runs; answers how long it then waits. */
    private Duration fails(FailureKind kind) {
        one.cluster.fail(one.newest(), FakeCluster.failure(kind));
        one.round();
        return one.job()
                .patience()
                .notBefore()
                .map(until -> Duration.between(one.clock.instant(), until))
                .orElse(Duration.ZERO);
    }

    /** Waits until the next attempt runs. */
    private void goesOn(Duration wait) {
        int before = one.attempt().number();
        one.clock.advance(wait);
        one.round();
        assertThat(one.attempt().number()).isEqualTo(before + 1);
        one.cluster.tick();
        one.round();
        assertThat(one.job().observed()).isEqualTo(ObservedState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIGURATION, 1, 0",
        "ACCESS_DENIED, 1, 0",
        "STATE, 1, 0",
        "UNKNOWN, 3, 1",
        "DATA, 3, 1",
        "OUT_OF_MEMORY, 4, 60",
        "MISSING, 100, 10",
        "UNREACHABLE, 100, 10"
    })
    void endsInFailedAfterSoManyInARow(FailureKind kind, int attempts, long firstWait) {
        one.running(JobMode.STREAMING);

        for (int failure = 1; failure < attempts; failure++) {
            Duration wait = fails(kind);
            assertThat(one.job().observed()).as("failure %s", failure).isEqualTo(ObservedState.RESTARTING);
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(firstWait));
            assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(5));
            if (failure == 1) {
                assertThat(wait).isEqualTo(Duration.ofSeconds(firstWait));
            }
            goesOn(wait);
        }
        fails(kind);

        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(one.job().observation().reason())
                .contains("A failure of kind " + kind + ".")
                .endsWith(kind.remedy());
        assertThat(one.cluster.accepted).hasSize(attempts);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_CLUSTER", "NO_SLOTS"})
    void whatTheClusterIsToBlameForIsNotCounted(FailureKind kind) {
        one.running(JobMode.STREAMING);
        for (int failure = 0; failure < 200; failure++) {
            assertThat(fails(kind)).isEqualTo(Duration.ofSeconds(2));
            goesOn(Duration.ofSeconds(2));
        }

        assertThat(one.job().patience().failures()).isZero();
        assertThat(fails(FailureKind.UNKNOWN)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLostClusterDoesNotEndANewVersion() {
        one.running(JobMode.STREAMING);
        one.edit("better");
        one.want(one.job().wish().start(2, StartFrom.LATEST));
        one.seconds(4);
        assertThat(one.attempt().version()).isEqualTo(2);

        goesOn(fails(FailureKind.LOST_CLUSTER));
        assertThat(one.attempt().version()).as("no fault of version 2").isEqualTo(2);

        fails(FailureKind.MISSING);
        one.seconds(3);
        assertThat(one.attempt().version()).as("the version is not proven").isEqualTo(1);
    }

    @Test
    void tellsWhichPartOfTheSystemCausedWhat() {
        one.running(JobMode.STREAMING);
        fails(FailureKind.UNKNOWN);
        assertThat(one.store.events(one.job().id(), Long.MAX_VALUE, 3))
                .extracting(JobEvent::kind, JobEvent::actor)
                .containsExactly(
                        tuple(EventKind.STATE_CHANGED, "system/restart-policy"),
                        tuple(EventKind.ATTEMPT_ENDED, "system/flink"),
                        tuple(EventKind.STATE_CHANGED, "system/reconciler"));

        goesOn(Duration.ofSeconds(1));
        one.edit("fails");
        one.want(one.job().wish().start(2, StartFrom.LATEST));
        one.seconds(10);
        assertThat(one.store.events(one.job().id(), Long.MAX_VALUE, 100))
                .filteredOn(event -> event.kind().name().startsWith("DEPLOYMENT"))
                .hasSizeGreaterThan(1)
                .extracting(JobEvent::actor)
                .containsOnly("system/deployment");
        assertThat(one.store.events(one.job().id(), Long.MAX_VALUE, 100))
                .filteredOn(event -> event.actor().isEmpty())
                .extracting(JobEvent::kind)
                .as("what people did, in this test")
                .containsOnly(EventKind.APPLIED, EventKind.START_REQUESTED);
    }

    @Test
    void whatRanWellBeginsAnew() {
        one.running(JobMode.STREAMING);
        goesOn(fails(FailureKind.UNKNOWN));
        goesOn(fails(FailureKind.UNKNOWN));
        one.clock.advance(Patience.GOOD.plusSeconds(1));

        fails(FailureKind.UNKNOWN);

        assertThat(one.job().observed()).isEqualTo(ObservedState.RESTARTING);
        assertThat(one.job().patience().failures()).isEqualTo(1);
    }

    @Test
    void whatFlinkRestartedAllTheTimeDidNotRunWell() {
        one.running(JobMode.STREAMING);
        for (int failure = 1; failure < 3; failure++) {
            one.clock.advance(Duration.ofMinutes(10));
            fail(one.clock.instant().minusSeconds(5));
            goesOn(Duration.ofSeconds(5));
        }
        one.clock.advance(Duration.ofMinutes(10));
        fail(one.clock.instant().minusSeconds(5));

        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(one.job().observation().reason()).contains("3 times in a row");
    }

    /** Flink restarted it {@code before} and gives up now. */
    private void fail(Instant before) {
        Failure why = FakeCluster.failure(FailureKind.UNKNOWN);
        one.cluster.fail(
                one.newest(),
                new Failure(why.kind(), why.cause(), why.exception(), one.clock.instant(), Optional.of(before)));
        one.round();
    }

    @Test
    void aBatchJobThatFailedIsNotStartedAgain() {
        one.running(JobMode.BATCH);

        fails(FailureKind.MISSING);

        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(one.job().observation().reason()).endsWith(FailureKind.MISSING.remedy());
    }

    /** Flink's status says RUNNING between two failures, and no task runs. */
    @Test
    void saysWhatFlinkSaysWhileFlinkRestarts() {
        one.create(JobMode.STREAMING);
        one.start();
        one.round();
        one.cluster.starves = true;
        FakeCluster.Run run = one.cluster.runs.get(one.newest());
        run.status = FlinkStatus.CREATED;
        one.seconds(3);
        assertThat(one.job().observation().reason()).contains("wait for slots");

        run.failure = Optional.of(FakeCluster.failure(FailureKind.MISSING));
        run.status = FlinkStatus.RESTARTING;
        one.round();
        assertThat(one.job().observed()).isEqualTo(ObservedState.RESTARTING);
        String reason = "Flink restarts it: A failure of kind MISSING.";
        assertThat(one.job().observation().reason()).isEqualTo(reason);
        assertThat(one.store.exception(one.job().id(), 1)).contains("an exception");

        run.deploying = true;
        run.status = FlinkStatus.RUNNING;
        one.seconds(5);
        assertThat(one.job().observation().reason()).isEqualTo(reason);
        run.deploying = false;
        one.second();
        assertThat(one.job().observed()).isEqualTo(ObservedState.RUNNING);
    }

    @Test
    void keepsTheExceptionWithTheAttempt() {
        one.running(JobMode.STREAMING);
        goesOn(fails(FailureKind.DATA));

        assertThat(one.store.exception(one.job().id(), 1)).contains("an exception");
        assertThat(one.store.exception(one.job().id(), 2)).isEmpty();
        assertThat(one.store.attempts(one.job().id(), Long.MAX_VALUE, 10))
                .extracting(attempt -> attempt.failure().map(ListedAttempt.Why::kind))
                .containsExactly(Optional.empty(), Optional.of(FailureKind.DATA));
    }

    @Test
    void whatIsRefusedSaysWhy() {
        one.running(JobMode.STREAMING);
        one.edit("nonsense");
        one.want(one.job().wish().stop(false));
        one.seconds(2);
        one.want(one.job().wish().start(2, StartFrom.LATEST));
        one.round();

        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
        assertThat(one.store.attempts(one.job().id(), Long.MAX_VALUE, 1))
                .extracting(attempt -> attempt.failure().orElseThrow().kind())
                .containsExactly(FailureKind.CONFIGURATION);
    }

    @Test
    void aTableThatIsGoneIsWaitedForUnlessPeopleStartTheJob() {
        one.running(JobMode.STREAMING);
        one.cluster.missing = true;
        fails(FailureKind.UNKNOWN);
        one.clock.advance(Duration.ofSeconds(1));
        one.round();
        assertThat(one.job().observed()).isEqualTo(ObservedState.RESTARTING);
        assertThat(one.job().observation().reason())
                .isEqualTo("Line 2: Table 'a.b.c' does not exist. It is started again in 20 s.");

        one.cluster.missing = false;
        goesOn(Duration.ofSeconds(20));

        one.cluster.missing = true;
        one.want(one.job().wish().stop(false));
        one.seconds(2);
        one.start();
        one.round();
        assertThat(one.job().observed()).isEqualTo(ObservedState.FAILED);
    }

    @Test
    void aJobCanSayOtherwise() {
        JobSpec spec = spec(Map.of("restart.attempts", "2", "restart.delay", "5 min", "restart.max-delay", "1 h"));

        assertThat(RestartPolicy.of(FailureKind.UNKNOWN, spec))
                .isEqualTo(new RestartPolicy(2, Duration.ofMinutes(5), Duration.ofHours(1)))
                .isEqualTo(RestartPolicy.of(FailureKind.MISSING, spec));
        assertThat(RestartPolicy.of(FailureKind.CONFIGURATION, spec).attempts()).isEqualTo(1);
        assertThat(RestartPolicy.of(FailureKind.LOST_CLUSTER, spec).counts()).isFalse();
        assertThat(RestartPolicy.of(FailureKind.UNKNOWN, spec(Map.of("restart.delay", "45s")))
                        .delay(7))
                .as("a longer delay than the longest is the longest")
                .isEqualTo(Duration.ofSeconds(45));
        assertThatThrownBy(() ->
                        spec(Map.of("restart.attempts", "0", "restart.delay", "soon", "restart.max-delay", "2 d")))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        failure -> assertThat(failure.flaws())
                                .extracting(Flaw::pointer)
                                .containsExactly(
                                        "/settings/restart.attempts",
                                        "/settings/restart.delay",
                                        "/settings/restart.max-delay"));
    }

    @Test
    void flinkIsToldWhenToGiveUpUnlessTheJobSays() {
        assertThat(spec(Map.of("restart.attempts", "2")).flinkSettings())
                .containsEntry("restart-strategy.exponential-delay.attempts-before-reset-backoff", "10")
                .doesNotContainKey("restart.attempts");
        assertThat(spec(Map.of("restart-strategy.type", "none")).flinkSettings())
                .doesNotContainKey("restart-strategy.exponential-delay.attempts-before-reset-backoff");
        assertThat(Samples.spec("SET 'restart-strategy.type' = 'none'; INSERT INTO sink SELECT * FROM source")
                        .flinkSettings())
                .doesNotContainKey("restart-strategy.type");
        assertThat(Samples.spec(JobMode.BATCH).flinkSettings()).doesNotContainKey("restart-strategy.type");
    }

    private static JobSpec spec(Map<String, String> settings) {
        JobSpec plain = Samples.spec(JobMode.STREAMING);
        return new JobSpec(
                plain.script(),
                plain.mode(),
                plain.target(),
                plain.parallelism(),
                plain.checkpoint(),
                plain.scheduler(),
                plain.description(),
                settings);
    }
}
