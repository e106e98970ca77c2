package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.util.Objects;

/** F14. */
final class UnplannableVersionDrill implements Drill {
    private static final String NAME = "f14";
    private static final String TABLE = "kafka.main.f14_numbers";

    @Override
    public String id() {
        return "F14";
    }

    @Override
    public String title() {
        return "A job shall run a version that can no longer be planned";
    }

    @Override
    public Control control() {
        return new Control("somebody cancels the Flink job that should run on", "the same Flink job runs on");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        stack.sql("CREATE TABLE " + TABLE + " (id BIGINT) WITH ('topic' = 'f14.numbers')");
        try (DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, Jobs.SPEC);
            jobs.start(NAME);
            JobView before = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            jobs.apply(NAME, Jobs.spec(Jobs.SCRIPT.replace("FROM source", "FROM " + TABLE)));
            stack.sql("DROP TABLE " + TABLE);

            assertThatThrownBy(() -> jobs.patch(NAME, JobPatch.deploy(2)))
                    .as("the version is refused")
                    .isInstanceOf(ApiException.class);
            trial.injected("deployment of a version whose table was dropped");
            trial.sabotage(() -> cancel(stack, Objects.requireNonNull(before.flinkJobId())));

            JobView after = jobs.get(NAME);
            assertThat(after.flinkJobId()).isEqualTo(before.flinkJobId());
            assertThat(stack.flink("/jobs/" + before.flinkJobId()).path("state").asText())
                    .as("the same Flink job runs on")
                    .isEqualTo("RUNNING");
            assertThat(Jobs.history(jobs, NAME)).noneMatch(event -> event.kind().equals("STOP_STARTED"));
            trial.found("refused; nothing was stopped");
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static void cancel(DrillStack stack, String job) throws Exception {
        stack.cancel(job);
        await().until(() -> stack.flink("/jobs/" + job).path("state").asText(), "CANCELED"::equals);
    }
}
