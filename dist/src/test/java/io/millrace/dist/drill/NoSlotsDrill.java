package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.time.Duration;
import java.util.Objects;

/** F26. */
final class NoSlotsDrill implements Drill {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Of 16 slots: one job fits, two do not. */
    private static final JobSpec WIDE = new JobSpec(Jobs.SCRIPT, null, null, 10, "PT1S", null, null);

    @Override
    public String id() {
        return "F26";
    }

    @Override
    public String title() {
        return "A job finds no free slots";
    }

    @Override
    public Control control() {
        return new Control("somebody cancels the waiting job", "no restart storm");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply("f26-first", WIDE);
            jobs.apply("f26-second", WIDE);
            jobs.start("f26-first");
            Jobs.awaitState(jobs, "f26-first", ObservedState.RUNNING);
            jobs.start("f26-second");
            JobView waiting = awaitWaiting(jobs);
            trial.injected("job started that needs more slots than are free");
            trial.found(waiting.observed() + ": " + waiting.reason());
            trial.sabotage(() -> trial.stack().cancel(Objects.requireNonNull(waiting.flinkJobId())));
            await("time passes").pollDelay(LONG).atMost(LONG.multipliedBy(2)).until(() -> true);
            JobView still = jobs.get("f26-second");
            assertThat(still.attempt()).as("no restart storm: %s", still).isEqualTo(1);
            assertThat(still.observed()).as("%s", still).isEqualTo(ObservedState.STARTING);
            assertThat(jobs.get("f26-first").attempt()).isEqualTo(1);

            Jobs.remove(trial, jobs, "f26-first");
            long free = System.nanoTime();
            JobView runs = Jobs.awaitState(jobs, "f26-second", ObservedState.RUNNING);
            trial.recovered(Duration.ofNanos(System.nanoTime() - free));
            assertThat(runs.attempt()).as("%s", runs).isEqualTo(1);
            trial.found("it runs as attempt 1 as soon as there are slots");
            Jobs.remove(trial, jobs, "f26-second");
        }
    }

    private static JobView awaitWaiting(JobsClient jobs) {
        await("the reason is told").atMost(Jobs.CONVERGED).untilAsserted(() -> {
            JobView job = jobs.get("f26-second");
            assertThat(job.observed()).as("%s", job).isEqualTo(ObservedState.STARTING);
            assertThat(job.reason()).as("%s", job).contains("wait for slots");
        });
        return jobs.get("f26-second");
    }
}
