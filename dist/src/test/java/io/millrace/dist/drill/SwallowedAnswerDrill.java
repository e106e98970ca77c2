package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.time.Duration;
import java.util.Map;

/** F04. */
final class SwallowedAnswerDrill implements Drill {
    private static final String NAME = "f04";

    @Override
    public String id() {
        return "F04";
    }

    @Override
    public String title() {
        return "The server dies after Flink took a job and before it hears so";
    }

    @Override
    public Control control() {
        return new Control("a second submission behind the server's back", "runs as");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (WireProxy proxy = new WireProxy(trial.stack().gateway())) {
            WireProxy.Trap trap = proxy.set("POST /v1/submissions", WireProxy.Deed.SWALLOW_ANSWER);
            try (DrillServer deaf = DrillServer.start(
                    trial.stack(),
                    "",
                    Map.of("millrace.gateway.url", proxy.url().toString()))) {
                deaf.jobs().apply(NAME, Jobs.SPEC);
                deaf.jobs().start(NAME);
                assertThat(trap.awaitSprung()).isTrue();
                deaf.kill();
                trial.injected("answer to a submission swallowed, server killed");
            }
            trial.sabotage(() -> trial.stack().submit("default." + NAME));
            recover(trial);
        }
    }

    private static void recover(Trial trial) throws Exception {
        long died = System.nanoTime();
        try (DrillServer next = trial.server()) {
            JobView job = Jobs.awaitState(next.jobs(), NAME, ObservedState.RUNNING);
            trial.recovered(Duration.ofNanos(System.nanoTime() - died));

            assertThat(job.attempt()).isEqualTo(1);
            assertThat(trial.stack()
                            .flink("/jobs/" + job.flinkJobId())
                            .path("state")
                            .asText())
                    .isEqualTo("RUNNING");
            trial.found("the job was adopted by its JobID");
            Jobs.remove(trial, next.jobs(), NAME);
        }
    }
}
