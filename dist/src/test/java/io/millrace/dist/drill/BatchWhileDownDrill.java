package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.process.ProcessId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** F23. */
final class BatchWhileDownDrill implements Drill {
    private static final String NAME = "f23";
    private static final JobSpec SPEC = new JobSpec(
            Jobs.SCRIPT.replace("'rows-per-second' = '20'", "'rows-per-second' = '20', 'number-of-rows' = '200'"),
            JobMode.BATCH,
            null,
            1,
            null,
            null,
            null);

    @Override
    public String id() {
        return "F23";
    }

    @Override
    public String title() {
        return "A batch job ends while no server is there, then the JobManager forgets it";
    }

    @Override
    public Control control() {
        return new Control("the cluster's archive is deleted", "FINISHED, by the archive");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        ProcessId other = stack.process("server");
        try (DrillServer doomed = trial.server()) {
            String flinkJob = start(doomed.jobs());
            // Not earlier: the gateway asks this one for tables.
            stack.signal(other, "STOP");
            doomed.kill();
            trial.injected("all servers gone while the job ran");
            await("the job ends by itself")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> state(stack, flinkJob), "FINISHED"::equals);
            ProcessId before = stack.process("jobmanager");
            stack.kill("jobmanager");
            trial.injected("JobManager killed after the job's end");
            stack.awaitBack("jobmanager", before);
            trial.sabotage(() -> delete(stack.home().data("archive")));
            check(trial);
        } finally {
            stack.signal(other, "CONT");
        }
    }

    private static String start(JobsClient jobs) {
        jobs.apply(NAME, SPEC);
        jobs.start(NAME);
        return Objects.requireNonNull(
                Jobs.awaitState(jobs, NAME, ObservedState.RUNNING).flinkJobId());
    }

    private static void check(Trial trial) throws IOException {
        long back = System.nanoTime();
        try (DrillServer next = trial.server()) {
            JobsClient jobs = next.jobs();
            await("the end is known").atMost(Jobs.CONVERGED).untilAsserted(() -> {
                JobView job = jobs.get(NAME);
                assertThat(job.observed())
                        .as("FINISHED, by the archive: %s", job)
                        .isEqualTo(ObservedState.FINISHED);
            });
            trial.recovered(Duration.ofNanos(System.nanoTime() - back));
            // Were it to run again, it would be there by now.
            await().during(Duration.ofSeconds(3))
                    .until(() -> jobs.get(NAME).attempt() == 1
                            && trial.stack().underWay("default." + NAME).isEmpty());
            trial.found("FINISHED, by the archive; not run again");
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static String state(DrillStack stack, String flinkJob) throws IOException, InterruptedException {
        return stack.flink("/jobs/" + flinkJob).path("state").asText();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
