package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.process.ProcessId;

import java.time.Duration;
import java.util.Locale;

/** F35. */
final class HungGatewayDrill implements Drill {
    private static final String RUNNING = "f35-running";
    private static final int WAITING = 6;

    /** What does not need the gateway takes no longer than without it. */
    private static final Duration READ = Duration.ofSeconds(2);

    /** In which the server notices that the gateway hangs. */
    private static final Duration REFUSAL = Duration.ofSeconds(10);

    /** Once it did. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Override
    public String id() {
        return "F35";
    }

    @Override
    public String title() {
        return "The gateway hangs while jobs wait for it";
    }

    @Override
    public Control control() {
        return new Control("the JobManager is frozen too", RUNNING + " is IDLE");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        ProcessId gateway = stack.process("gateway");
        try (DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            for (int i = 0; i < WAITING; i++) {
                jobs.apply("f35-" + i, Jobs.SPEC);
            }
            jobs.apply(RUNNING, Jobs.SPEC);
            jobs.start(RUNNING);
            Jobs.awaitState(jobs, RUNNING, ObservedState.RUNNING);
            stack.signal(gateway, "STOP");
            trial.injected("gateway frozen");
            try {
                refused(trial, jobs);
                whileItHangs(trial, jobs);
            } finally {
                stack.signal(gateway, "CONT");
            }
            long back = System.nanoTime();
            for (int i = 0; i < WAITING; i++) {
                JobView job = Jobs.awaitState(jobs, "f35-" + i, ObservedState.RUNNING, Duration.ofSeconds(90));
                assertThat(job.attempt()).as("%s", job).isEqualTo(1);
            }
            trial.recovered(Duration.ofNanos(System.nanoTime() - back));
            for (int i = 0; i < WAITING; i++) {
                Jobs.remove(trial, jobs, "f35-" + i);
            }
            Jobs.remove(trial, jobs, RUNNING);
        }
    }

    private static void whileItHangs(Trial trial, JobsClient jobs) throws Exception {
        for (int i = 0; i < WAITING; i++) {
            jobs.start("f35-" + i);
        }
        Duration read = time(() -> jobs.get(RUNNING));
        assertThat(read).as("a read that needs no gateway").isLessThan(READ);
        ProcessId cluster = trial.stack().process("jobmanager");
        trial.sabotage(() -> trial.stack().signal(cluster, "STOP"));
        Duration stop = time(() -> {
            jobs.stop(RUNNING, true);
            Jobs.awaitState(jobs, RUNNING, ObservedState.IDLE);
        });
        trial.found("a job stops in " + seconds(stop) + " while " + WAITING + " jobs wait for the gateway");
    }

    private static void refused(Trial trial, JobsClient jobs) throws Exception {
        Duration first = refusal(jobs);
        Duration next = refusal(jobs);
        trial.found(
                "calls that need the gateway are refused after " + seconds(first) + ", then after " + seconds(next));
        assertThat(first).as("the gateway is known to hang").isLessThan(REFUSAL);
        assertThat(next).as("a call that needs the gateway is refused").isLessThan(AT_ONCE);
    }

    private static Duration refusal(JobsClient jobs) throws Exception {
        return time(() -> assertThatThrownBy(() -> jobs.apply("f35-new", Jobs.SPEC))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("gateway does not answer"));
    }

    private static Duration time(Trial.Action action) throws Exception {
        long began = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
