package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.SubmissionView;
import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.core.job.Failpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The drills F01, F02, F04, F14 and F15 of the reliability design, on real processes. More rounds of F02:
 * {@code -Dmillrace.drill.rounds=200}; another seed: {@code -Dmillrace.drill.seed=…}.
 */
class JobDrillsE2E {
    /** The promise: everything is as people want it this long after a server is back. */
    private static final Duration CONVERGED = Duration.ofSeconds(30);

    private static final String SCRIPT = """
            CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '20');
            CREATE TEMPORARY TABLE sink (id BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO sink SELECT id FROM source;
            """;
    private static final String FAILING = SCRIPT.replace("SELECT id", "SELECT id / (id - id)");
    private static final JobSpec SPEC = new JobSpec(SCRIPT, null, null, 1, "PT1S", null, null);

    @TempDir
    static Path folder;

    private static DrillStack stack;
    private RunningOnce once;

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        stack = DrillStack.up(folder.resolve("home"));
    }

    @AfterAll
    static void down() throws IOException {
        stack.close();
    }

    @BeforeEach
    void watch() {
        once = new RunningOnce(stack);
    }

    @AfterEach
    void stopWatching() {
        once.close();
    }

    private static DrillServer server() throws IOException {
        return DrillServer.start(stack, "", Map.of());
    }

    private static JobView awaitState(JobsClient jobs, String name, ObservedState state) {
        await(name + " is " + state)
                .atMost(CONVERGED)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    JobView job = jobs.get(name);
                    assertThat(job.observed()).as("%s", job).isEqualTo(state);
                });
        return jobs.get(name);
    }

    private static void remove(JobsClient jobs, String name) {
        jobs.stop(name, false);
        awaitState(jobs, name, ObservedState.IDLE);
        jobs.delete(name);
    }

    /** F01: every failpoint there is; one that no drill reaches fails. */
    @ParameterizedTest
    @EnumSource(Failpoint.class)
    void theServerDiesAtAFailpoint(Failpoint failpoint) throws IOException {
        boolean stops = failpoint.name().startsWith("STOP_");
        String name = "f01-" + failpoint.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (DrillServer doomed = DrillServer.start(stack, failpoint + ":1:halt", Map.of())) {
            doomed.jobs().apply(name, SPEC);
            doomed.jobs().start(name);
            if (stops) {
                awaitState(doomed.jobs(), name, ObservedState.RUNNING);
                doomed.jobs().stop(name, true);
            }
            doomed.awaitEnd(CONVERGED);
        }

        try (DrillServer next = server()) {
            JobView job = awaitState(next.jobs(), name, stops ? ObservedState.IDLE : ObservedState.RUNNING);

            assertThat(job.attempt()).as("one attempt: %s", job).isEqualTo(1);
            if (stops) {
                assertThat(job.restorePath()).as("the savepoint: %s", job).contains("/savepoints/");
                assertThat(stack.savepoints(String.valueOf(job.restorePath())))
                        .as("it was taken once")
                        .isEqualTo(1);
                next.jobs().start(name);
                JobView again = awaitState(next.jobs(), name, ObservedState.RUNNING);
                assertThat(again.restorePath()).isEqualTo(job.restorePath());
            }
            remove(next.jobs(), name);
        }
        assertThat(once.violations()).isEmpty();
        assertThat(once.samples()).isGreaterThan(5);
    }

    /** F02. */
    @Test
    void theServerDiesAtRandomTimesWhilePeopleStartAndStop() throws Exception {
        long seed = Long.getLong("millrace.drill.seed", 20_260_601L);
        Random random = new Random(seed);
        List<String> names = List.of("f02-a", "f02-b", "f02-c");
        try (DrillServer server = server()) {
            names.forEach(name -> server.jobs().apply(name, SPEC));
        }
        Map<String, DesiredState> answered = new HashMap<>();
        for (int round = 0; round < Integer.getInteger("millrace.drill.rounds", 5); round++) {
            try (DrillServer doomed = server()) {
                killWhileCalling(doomed, names, new Random(random.nextLong()), answered);
            }
        }

        try (DrillServer last = server()) {
            for (String name : names) {
                JobView job = last.jobs().get(name);
                if (answered.containsKey(name)) {
                    assertThat(job.desired())
                            .as("seed %s: an answered wish survives: %s", seed, job)
                            .isEqualTo(answered.get(name));
                }
                awaitState(last.jobs(), name, settled(job));
            }
            names.forEach(name -> remove(last.jobs(), name));
        }
        assertThat(once.violations()).as("seed %s", seed).isEmpty();
    }

    private static ObservedState settled(JobView job) {
        return job.desired() == DesiredState.RUNNING ? ObservedState.RUNNING : ObservedState.IDLE;
    }

    /** Calls until the server is gone; what was under way then may have happened or not. */
    private static void killWhileCalling(
            DrillServer server, List<String> names, Random random, Map<String, DesiredState> answered)
            throws InterruptedException {
        CountDownLatch dying = new CountDownLatch(1);
        CompletableFuture<Void> death = CompletableFuture.runAsync(
                () -> {
                    dying.countDown();
                    server.kill();
                },
                CompletableFuture.delayedExecutor(500 + random.nextInt(5_000), TimeUnit.MILLISECONDS));
        while (!dying.await(random.nextInt(400), TimeUnit.MILLISECONDS)) {
            String name = names.get(random.nextInt(names.size()));
            boolean start = random.nextInt(3) > 0;
            DesiredState before = answered.remove(name);
            try {
                JobView job = start ? server.jobs().start(name) : server.jobs().stop(name, random.nextBoolean());
                answered.put(name, job.desired());
            } catch (UnreachableException e) {
                // Not answered: either is right.
            } catch (ApiException e) {
                if (before != null) {
                    answered.put(name, before);
                }
            }
        }
        death.join();
    }

    /** F04. */
    @Test
    void theServerDiesBeforeItHearsThatTheJobWasTaken() throws Exception {
        try (SwallowingProxy proxy = new SwallowingProxy(stack.gateway())) {
            try (DrillServer deaf = DrillServer.start(
                    stack, "", Map.of("millrace.gateway.url", proxy.url().toString()))) {
                deaf.jobs().apply("f04", SPEC);
                deaf.jobs().start("f04");
                assertThat(proxy.awaitSwallowed()).isTrue();
                deaf.kill();
            }
            try (DrillServer next = server()) {
                JobView job = awaitState(next.jobs(), "f04", ObservedState.RUNNING);

                assertThat(job.attempt()).isEqualTo(1);
                assertThat(stack.flink("/jobs/" + job.flinkJobId())
                                .path("state")
                                .asText())
                        .isEqualTo("RUNNING");
                remove(next.jobs(), "f04");
            }
        }
        assertThat(once.violations()).isEmpty();
    }

    /** F14 and F15: the old version never stops for what cannot run, and comes back from what fails. */
    @Test
    void aVersionThatFailsIsReplacedByTheOneBefore() throws IOException {
        try (DrillServer server = server()) {
            JobsClient jobs = server.jobs();
            jobs.apply("f15", SPEC);
            jobs.start("f15");
            JobView before = awaitState(jobs, "f15", ObservedState.RUNNING);

            jobs.apply(
                    "f15", new JobSpec(FAILING, null, null, 1, "PT1S", null, Map.of("restart-strategy.type", "none")));
            jobs.patch("f15", JobPatch.deploy(2));
            awaitPhase(jobs, "f15", DeploymentPhase.RETURNED);
            JobView back = awaitState(jobs, "f15", ObservedState.RUNNING);
            assertThat(back.runningVersion()).isEqualTo(1);
            assertThat(back.attempt()).as("one attempt forth, one back").isEqualTo(before.attempt() + 2);
            assertThat(back.restorePath()).contains("/savepoints/");

            jobs.apply("f15", new JobSpec(SCRIPT, null, null, 2, "PT1S", null, null));
            jobs.patch("f15", JobPatch.deploy(3));
            awaitPhase(jobs, "f15", DeploymentPhase.DONE);
            assertThat(jobs.get("f15").runningVersion()).isEqualTo(3);
            remove(jobs, "f15");
        }
        assertThat(once.violations()).isEmpty();
    }

    private static void awaitPhase(JobsClient jobs, String name, DeploymentPhase phase) {
        await(name + " is " + phase)
                .atMost(CONVERGED)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    JobView job = jobs.get(name);
                    assertThat(job.deployment()).as("%s", job).isNotNull();
                    assertThat(job.deployment().phase()).as("%s", job).isEqualTo(phase);
                });
    }

    /** The negative control: two jobs of one name are seen, so their absence means something. */
    @Test
    void twoJobsOfOneNameAreSeen() throws Exception {
        String first = submit("control");
        String second = submit("control");

        await().atMost(CONVERGED).until(() -> !once.violations().isEmpty());

        assertThat(once.violations().get(0)).contains("control runs as");
        for (String job : List.of(first, second)) {
            stack.cancel(job);
            // The next drill's watch must not see them.
            await().atMost(CONVERGED)
                    .until(() -> stack.flink("/jobs/" + job).path("state").asText(), "CANCELED"::equals);
        }
    }

    private static String submit(String name) {
        String id = UUID.randomUUID().toString().replace("-", "");
        return stack.gatewayClient()
                .post("/v1/submissions")
                .body(new NewSubmission(SCRIPT, id, name, Map.of(), null))
                .as(SubmissionView.class)
                .jobId();
    }
}
