package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.process.ProcessId;

import java.time.Duration;

/** F21. */
final class JobManagerDrill implements Drill {
    private static final String NAME = "f21";
    private static final String PART = "jobmanager";
    private static final int KILLS = 2;

    @Override
    public String id() {
        return "F21";
    }

    @Override
    public String title() {
        return "The JobManager dies and forgets a streaming job";
    }

    @Override
    public Control control() {
        return new Control("the job is started with empty state", "attempt 2 goes on from a checkpoint");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (Workload workload = new Workload(trial.stack(), NAME);
                DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, workload.spec());
            jobs.start(NAME);
            Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            for (int kill = 1; kill <= trial.rounds(KILLS); kill++) {
                workload.awaitSent(2_000);
                dies(trial, jobs, kill + 1);
            }
            workload.awaitSent(1_000);
            workload.check(trial);
            Jobs.remove(trial, jobs, NAME);
            workload.remove();
        }
    }

    private static void dies(Trial trial, JobsClient jobs, int attempt) throws Exception {
        DrillStack stack = trial.stack();
        ProcessId before = stack.process(PART);
        stack.kill(PART);
        trial.injected("JobManager killed, its memory gone");
        await("nobody claims to know")
                .atMost(Jobs.CONVERGED)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> jobs.get(NAME).unknownSince() != null);
        JobView unknown = jobs.get(NAME);
        assertThat(unknown.observed()).as("unknown is no state: %s", unknown).isEqualTo(ObservedState.RUNNING);
        stack.awaitBack(PART, before);
        long back = System.nanoTime();
        trial.sabotage(() -> startEmpty(jobs));
        await("attempt " + attempt + " runs").atMost(Jobs.CONVERGED).untilAsserted(() -> {
            JobView job = jobs.get(NAME);
            assertThat(job.observed()).as("%s", job).isEqualTo(ObservedState.RUNNING);
            assertThat(job.attempt()).as("%s", job).isEqualTo(attempt);
            assertThat(job.restorePath())
                    .as("attempt %s goes on from a checkpoint: %s", attempt, job)
                    .isNotNull()
                    .contains("/checkpoints/");
        });
        trial.recovered(Duration.ofNanos(System.nanoTime() - back));
    }

    private static void startEmpty(JobsClient jobs) {
        jobs.stop(NAME, false);
        Jobs.awaitState(jobs, NAME, ObservedState.IDLE);
        jobs.patch(NAME, new JobPatch(DesiredState.RUNNING, null, true, null, null, null));
        Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
    }
}
