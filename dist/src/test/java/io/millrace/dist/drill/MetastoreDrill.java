package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.dist.process.ProcessId;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** F30. */
final class MetastoreDrill implements Drill {
    private static final String NAME = "f30";
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "F30";
    }

    @Override
    public String title() {
        return "The metastore is cut off, dies, or loses its answer to a COMMIT";
    }

    @Override
    public Control control() {
        return new Control("somebody cancels the Flink job in the outage", "running jobs are untouched");
    }

    @Override
    public void run(Trial trial) throws Exception {
        DrillStack stack = trial.stack();
        URI postgres = URI.create(stack.setting("quarkus.datasource.jdbc.url").substring("jdbc:".length()));
        try (WireProxy proxy = new WireProxy(postgres);
                DrillServer server = DrillServer.start(
                        stack,
                        "",
                        Map.of(
                                "quarkus.datasource.jdbc.url",
                                // The proxy looks for the text of statements, so none may be prepared.
                                "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/millrace?prepareThreshold=0"))) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, Jobs.SPEC);
            jobs.start(NAME);
            String flinkJob = Objects.requireNonNull(
                    Jobs.awaitState(jobs, NAME, ObservedState.RUNNING).flinkJobId());
            cutOff(trial, proxy, jobs, flinkJob);
            dies(trial, jobs);
            untouched(stack, jobs, flinkJob);
            for (int round = 0; round < trial.rounds(3); round++) {
                commitUnanswered(trial, proxy, jobs, round % 2 == 0);
            }
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static void cutOff(Trial trial, WireProxy proxy, JobsClient jobs, String flinkJob) throws Exception {
        proxy.cut();
        trial.injected("metastore cut off for " + OUTAGE.toSeconds() + " s");
        long cut = System.nanoTime();
        assertThat(refused(() -> jobs.stop(NAME, false)))
                .as("a call in the outage is refused")
                .isTrue();
        trial.say(String.format("a call was refused after %d ms", (System.nanoTime() - cut) / 1_000_000));
        trial.sabotage(() -> trial.stack().cancel(flinkJob));
        await("time passes").pollDelay(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> true);
        proxy.mend();
        awaitAnswer(trial, jobs);
        untouched(trial.stack(), jobs, flinkJob);
        trial.found("calls in the outage refused, without effect");
    }

    private static void dies(Trial trial, JobsClient jobs) throws Exception {
        ProcessId before = trial.stack().process("postgres");
        trial.stack().kill("postgres");
        trial.injected("metastore killed");
        trial.stack().awaitBack("postgres", before);
        awaitAnswer(trial, jobs);
    }

    private static void awaitAnswer(Trial trial, JobsClient jobs) {
        long back = System.nanoTime();
        await("the server answers again")
                .atMost(Jobs.CONVERGED)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> jobs.get(NAME).unknownSince() == null);
        trial.recovered(Duration.ofNanos(System.nanoTime() - back));
    }

    private static void untouched(DrillStack stack, JobsClient jobs, String flinkJob) throws Exception {
        assertThat(stack.underWay("default." + NAME))
                .as("running jobs are untouched")
                .containsExactly(flinkJob);
        JobView job = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
        assertThat(job.attempt()).as("running jobs are untouched: %s", job).isEqualTo(1);
        assertThat(job.desired()).as("a refused call has no effect: %s", job).isEqualTo(DesiredState.RUNNING);
    }

    /** The wish is committed and nobody has heard so: it counts, and saying it again changes nothing. */
    private static void commitUnanswered(Trial trial, WireProxy proxy, JobsClient jobs, boolean stop) throws Exception {
        String kind = stop ? "STOP_REQUESTED" : "START_REQUESTED";
        long told = count(jobs, kind);
        WireProxy.Trap trap = proxy.set(kind, "COMMIT", WireProxy.Deed.SWALLOW_ANSWER);
        CompletableFuture<Boolean> call = CompletableFuture.supplyAsync(() -> refused(() -> wish(jobs, stop)));
        assertThat(trap.awaitSprung()).isTrue();
        proxy.cut();
        proxy.mend();
        trial.injected("answer to a COMMIT swallowed");
        assertThat(call.get()).as("the caller is told that nobody knows").isTrue();
        awaitAnswer(trial, jobs);
        assertThat(count(jobs, kind)).as("what was committed counts").isEqualTo(told + 1);
        ObservedState wanted = stop ? ObservedState.IDLE : ObservedState.RUNNING;
        Jobs.awaitState(jobs, NAME, wanted);
        JobView again = wish(jobs, stop);
        assertThat(again.observed()).as("%s", again).isEqualTo(wanted);
        trial.found("committed wish found by reading, repeated without harm");
    }

    private static JobView wish(JobsClient jobs, boolean stop) {
        return stop ? jobs.stop(NAME, false) : jobs.start(NAME);
    }

    private static long count(JobsClient jobs, String kind) {
        return Jobs.history(jobs, NAME).stream()
                .filter(event -> event.kind().equals(kind))
                .count();
    }

    private static boolean refused(Runnable call) {
        try {
            call.run();
            return false;
        } catch (ApiException | UnreachableException e) {
            return true;
        }
    }
}
