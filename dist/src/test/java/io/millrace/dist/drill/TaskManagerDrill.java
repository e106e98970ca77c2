package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.process.ProcessId;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** F20. */
final class TaskManagerDrill implements Drill {
    private static final String NAME = "f20";
    private static final String PART = "taskmanager";
    private static final int KILLS = 6;
    private static final int STEADY = 5;
    private static final Duration TO_RECOVER = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "F20";
    }

    @Override
    public String title() {
        return "The TaskManager dies again and again under an exactly-once job";
    }

    @Override
    public Control control() {
        return new Control("one record is left out and another one repeated", "1 lost, 1 twice");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        try (Workload workload = new Workload(stack, NAME);
                DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, workload.spec());
            jobs.start(NAME);
            Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            workload.awaitSent(1_000);
            long last = System.nanoTime();
            for (int i = 0; i < trial.rounds(KILLS); i++) {
                pause(trial.random().nextInt(6_000));
                ProcessId before = stack.process(PART);
                stack.kill(PART);
                last = System.nanoTime();
                trial.injected("TaskManager killed 0 to 6 s after it came up");
                stack.awaitBack(PART, before);
            }
            awaitSteady(jobs);
            trial.recovered(Duration.ofNanos(System.nanoTime() - last));
            trial.sabotage(workload::tamper);
            workload.awaitSent(1_000);
            workload.check(trial);
            assertThat(jobs.get(NAME).attempt())
                    .as("Flink restarts it by itself")
                    .isEqualTo(1);
            Jobs.remove(trial, jobs, NAME);
            workload.remove();
        }
    }

    /** RUNNING in one look proves little after a burst. */
    private static void awaitSteady(JobsClient jobs) {
        AtomicInteger inARow = new AtomicInteger();
        await("the job is steady")
                .atMost(TO_RECOVER)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    boolean runs = jobs.get(NAME).observed() == ObservedState.RUNNING;
                    return (runs ? inARow.incrementAndGet() : inARow.getAndSet(0)) >= STEADY;
                });
    }

    /** A fault at a random time is the point. */
    private static void pause(int millis) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        assertThat(never).isFalse();
    }
}
