package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** F09. */
final class PausedLeaderDrill implements Drill {
    private static final String NAME = "f09";
    private static final String FULL_NAME = "default." + NAME;

    /** Three times as long as a server may be silent. */
    private static final Duration FROZEN = Duration.ofSeconds(30);

    /** A second attempt that a server of an old epoch sends must be gone after this long. */
    private static final Duration ZOMBIE = Duration.ofMinutes(1);

    @Override
    public String id() {
        return "F09";
    }

    @Override
    public String title() {
        return "A server freezes in the middle of a submission, another one takes over, and the first wakes up";
    }

    @Override
    public Control control() {
        return new Control("a Flink job of the same name runs that no rule may touch", "the zombie is gone");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        JobsClient next = stack.client().jobs();
        trial.tolerateTwo(ZOMBIE);
        try (WireProxy proxy = new WireProxy(stack.gateway());
                DrillServer frozen = DrillServer.start(
                        stack, "", Map.of("millrace.gateway.url", proxy.url().toString()))) {
            WireProxy.Trap trap = proxy.set("POST /v1/submissions", WireProxy.Deed.HOLD);
            frozen.jobs().apply(NAME, Jobs.SPEC);
            frozen.jobs().start(NAME);
            assertThat(trap.awaitSprung()).isTrue();
            stack.signal(frozen.id(), "STOP");
            long began = System.nanoTime();
            trial.injected("server frozen while its submission is on the way");
            JobView second = withdrawAndStart(next);
            trial.found("the next server withdrew attempt 1 and runs attempt 2");
            await("three leases pass")
                    .atMost(FROZEN.multipliedBy(2))
                    .until(() -> System.nanoTime() - began > FROZEN.toNanos());
            trap.release();
            stack.signal(frozen.id(), "CONT");
            trial.injected("server woken after three leases, its submission delivered");
            trial.sabotage(() -> stack.submit(FULL_NAME));
            awaitAlone(trial, Objects.requireNonNull(second.flinkJobId()));
            check(trial, next, second);
            Jobs.remove(trial, next, NAME);
        }
    }

    /** Attempt 1 is recorded as sent and is nowhere: it counts as never arrived only after a while. */
    private static JobView withdrawAndStart(JobsClient jobs) {
        jobs.stop(NAME, false);
        Jobs.awaitState(jobs, NAME, ObservedState.IDLE, ZOMBIE);
        jobs.start(NAME);
        JobView second = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
        assertThat(second.attempt()).as("%s", second).isEqualTo(2);
        return second;
    }

    private static void awaitAlone(Trial trial, String current) {
        long woken = System.nanoTime();
        // The submission that was on the way needs a moment to arrive, if it does.
        Duration arrived = Duration.ofSeconds(5);
        await().during(arrived)
                .atMost(ZOMBIE.plus(arrived))
                .untilAsserted(() -> assertThat(trial.stack().underWay(FULL_NAME))
                        .as("the zombie is gone, only attempt 2 runs")
                        .containsExactly(current));
        trial.recovered(Duration.ofNanos(System.nanoTime() - woken).minus(arrived));
    }

    /** What the woken server wanted to write about attempt 1 was refused. */
    private static void check(Trial trial, JobsClient jobs, JobView second) {
        JobView now = jobs.get(NAME);
        assertThat(now.flinkJobId()).as("%s", now).isEqualTo(second.flinkJobId());
        assertThat(now.observed()).as("%s", now).isEqualTo(ObservedState.RUNNING);
        long strays = Jobs.history(jobs, NAME).stream()
                .filter(event -> event.kind().equals("STRAY_CANCELED"))
                .count();
        trial.found(
                strays > 0
                        ? "the late submission was taken by Flink and cancelled by the sweep"
                        : "the late submission was refused");
    }
}
