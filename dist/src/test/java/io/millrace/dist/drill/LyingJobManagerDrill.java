package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.drill.AnswerProxy.Lie;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** F24. */
final class LyingJobManagerDrill implements Drill {
    private static final String NAME = "f24";

    /** Longer than what makes an absence certain. */
    private static final Duration LONG = Duration.ofSeconds(25);

    @Override
    public String id() {
        return "F24";
    }

    @Override
    public String title() {
        return "Something before the JobManager answers 503, an empty list, or a page for people";
    }

    @Override
    public Control control() {
        return new Control("the JobManager itself denies a job that it runs", "no actions issued");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        try (AnswerProxy proxy = new AnswerProxy(stack.flink());
                DrillServer server =
                        DrillServer.start(stack, "", Map.of("millrace.target.local.rest-url", proxy.url()))) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, Jobs.SPEC);
            jobs.start(NAME);
            String flinkJob = Objects.requireNonNull(
                    Jobs.awaitState(jobs, NAME, ObservedState.RUNNING).flinkJobId());
            trial.sabotage(() -> proxy.tell(Lie.FORGOTTEN));
            List<Lie> lies = trial.control() ? List.of(Lie.FORGOTTEN) : List.of(Lie.UNAVAILABLE, Lie.NO_JOBS, Lie.PAGE);
            for (Lie lie : lies) {
                lie(trial, proxy, jobs, lie);
            }
            assertThat(stack.underWay("default." + NAME)).containsExactly(flinkJob);
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static void lie(Trial trial, AnswerProxy proxy, JobsClient jobs, Lie lie) {
        trial.injected(lie + " for " + LONG.toSeconds() + " s");
        proxy.tell(lie);
        boolean silent = lie == Lie.UNAVAILABLE || lie == Lie.PAGE;
        if (silent) {
            await("nobody claims to know").until(() -> jobs.get(NAME).unknownSince() != null);
        }
        await("time passes").pollDelay(LONG).atMost(LONG.multipliedBy(2)).until(() -> true);
        JobView job = jobs.get(NAME);
        int orders = proxy.orders();
        proxy.tell(Lie.NONE);
        assertThat(List.of(orders, job.attempt(), job.observed()))
                .as("no actions issued, attempt 1 as last seen: %s", job)
                .containsExactly(0, 1, ObservedState.RUNNING);
        long over = System.nanoTime();
        await("the truth is seen")
                .atMost(Jobs.CONVERGED)
                .until(() -> jobs.get(NAME).unknownSince() == null);
        trial.recovered(Duration.ofNanos(System.nanoTime() - over));
        trial.found(lie + ": as last seen, " + (silent ? "marked unknown, " : "") + "no order sent to the cluster");
    }
}
