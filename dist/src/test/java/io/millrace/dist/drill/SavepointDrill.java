package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.core.job.Failpoint;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** F06. */
final class SavepointDrill implements Drill {
    private static final String NAME = "f06";

    /** Before the request, after it, while the savepoint is written, and when it is complete but not recorded. */
    private static final List<Failpoint> PLACES = List.of(
            Failpoint.STOP_AFTER_INTENT,
            Failpoint.STOP_AFTER_SENT,
            Failpoint.STOP_AFTER_REQUESTED,
            Failpoint.STOP_BEFORE_SAVEPOINT);

    @Override
    public String id() {
        return "F06";
    }

    @Override
    public String title() {
        return "The server dies while it stops an exactly-once job with a savepoint";
    }

    @Override
    public Control control() {
        return new Control("the reported savepoint is deleted", "cannot be opened");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (Workload workload = new Workload(trial.stack(), NAME)) {
            try (DrillServer server = trial.server()) {
                server.jobs().apply(NAME, workload.spec());
            }
            int attempt = 0;
            for (int round = 0; round < trial.rounds(PLACES.size()); round++) {
                stopAndDie(trial, workload, PLACES.get(round % PLACES.size()));
                checkSavepoint(trial, ++attempt);
            }
            try (DrillServer last = trial.server()) {
                last.jobs().start(NAME);
                Jobs.awaitState(last.jobs(), NAME, ObservedState.RUNNING);
                workload.check(trial);
                Jobs.remove(trial, last.jobs(), NAME);
            }
            workload.remove();
        }
    }

    private static void stopAndDie(Trial trial, Workload workload, Failpoint place) throws Exception {
        try (DrillServer doomed = DrillServer.start(trial.stack(), place + ":1:halt", Map.of())) {
            JobsClient jobs = doomed.jobs();
            jobs.start(NAME);
            Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            workload.awaitSent(1_000);
            doomed.dieOf(() -> jobs.stop(NAME, true));
        }
        trial.injected("server halted at " + place);
    }

    private static void checkSavepoint(Trial trial, int attempt) throws Exception {
        long died = System.nanoTime();
        try (DrillServer next = trial.server()) {
            JobView job = Jobs.awaitState(next.jobs(), NAME, ObservedState.IDLE);
            trial.recovered(Duration.ofNanos(System.nanoTime() - died));
            String savepoint = Objects.requireNonNull(job.restorePath());
            assertThat(savepoint).contains("/savepoints/");
            assertThat(job.attempt()).as("%s", job).isEqualTo(attempt);
            trial.sabotage(() -> Files.delete(Path.of(URI.create(savepoint)).resolve("_metadata")));
            assertThat(Savepoints.unreadable(List.of(savepoint))).isEmpty();
            assertThat(trial.stack().savepoints(savepoint))
                    .as("savepoints of %s attempts, each taken once", attempt)
                    .isEqualTo(attempt);
        }
    }
}
