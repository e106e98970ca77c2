package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.util.Map;

/** F15. */
final class CrashingVersionDrill implements Drill {
    private static final String NAME = "f15";
    private static final String GOES_ON = "the old version goes on from where it was stopped";
    private static final JobSpec FAILING = new JobSpec(
            Jobs.SCRIPT.replace("SELECT id", "SELECT id / (id - id)"),
            null,
            null,
            1,
            "PT1S",
            null,
            Map.of("restart-strategy.type", "none"));

    @Override
    public String id() {
        return "F15";
    }

    @Override
    public String title() {
        return "A new version of a job fails as soon as it runs";
    }

    @Override
    public Control control() {
        return new Control("the old version is started with empty state", GOES_ON);
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, Jobs.SPEC);
            jobs.start(NAME);
            JobView before = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);

            jobs.apply(NAME, FAILING);
            jobs.patch(NAME, JobPatch.deploy(2));
            trial.injected("version deployed that fails at its first row");
            Jobs.awaitPhase(jobs, NAME, DeploymentPhase.RETURNED);
            trial.sabotage(() -> startEmpty(jobs));
            JobView back = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            // The first checkpoint of a job is made as it starts. When it is done before the row that fails, it counts.
            assertThat(back.restorePath()).as(GOES_ON).containsPattern("/(savepoints|checkpoints)/");
            assertThat(back.runningVersion()).isEqualTo(1);
            assertThat(back.attempt()).as("one attempt forth, one back").isEqualTo(before.attempt() + 2);
            trial.found("the old version runs again, after one attempt forth and one back");

            jobs.apply(NAME, new JobSpec(Jobs.SCRIPT, null, null, 2, "PT1S", null, null));
            jobs.patch(NAME, JobPatch.deploy(3));
            Jobs.awaitPhase(jobs, NAME, DeploymentPhase.DONE);
            assertThat(jobs.get(NAME).runningVersion()).isEqualTo(3);
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static void startEmpty(JobsClient jobs) {
        jobs.stop(NAME, false);
        Jobs.awaitState(jobs, NAME, ObservedState.IDLE);
        jobs.patch(NAME, new JobPatch(DesiredState.RUNNING, null, true, 1L, null, null));
    }
}
