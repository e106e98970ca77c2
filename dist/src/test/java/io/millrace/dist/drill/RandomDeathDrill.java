package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** F02. */
final class RandomDeathDrill implements Drill {
    private static final int ROUNDS = 5;
    private static final List<String> NAMES = List.of("f02-a", "f02-b", "f02-c");

    @Override
    public String id() {
        return "F02";
    }

    @Override
    public String title() {
        return "The server dies at random times while people start and stop jobs";
    }

    @Override
    public Control control() {
        return new Control("an answered wish is undone behind the caller's back", "an answered wish survives");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server()) {
            NAMES.forEach(name -> server.jobs().apply(name, Jobs.SPEC));
        }
        Map<String, DesiredState> answered = new HashMap<>();
        int rounds = trial.rounds(ROUNDS);
        int calls = 0;
        for (int round = 0; round < rounds; round++) {
            try (DrillServer doomed = trial.server()) {
                calls += killWhileCalling(doomed, new Random(trial.random().nextLong()), answered);
            }
            trial.injected("server killed while people called it");
        }
        check(trial, answered);
        trial.found(calls + " calls answered, every answered wish kept");
    }

    private static void check(Trial trial, Map<String, DesiredState> answered) throws Exception {
        long died = System.nanoTime();
        try (DrillServer last = trial.server()) {
            trial.sabotage(() -> {
                DesiredState wish = answered.computeIfAbsent("f02-a", name -> DesiredState.STOPPED);
                JobView undone = wish == DesiredState.RUNNING
                        ? last.jobs().stop("f02-a", false)
                        : last.jobs().start("f02-a");
                assertThat(undone.desired()).isNotEqualTo(wish);
            });
            for (String name : NAMES) {
                JobView job = last.jobs().get(name);
                if (answered.containsKey(name)) {
                    assertThat(job.desired())
                            .as("an answered wish survives: %s", job)
                            .isEqualTo(answered.get(name));
                }
                Jobs.awaitState(last.jobs(), name, settled(job));
            }
            trial.recovered(Duration.ofNanos(System.nanoTime() - died));
            for (String name : NAMES) {
                Jobs.remove(trial, last.jobs(), name);
            }
        }
    }

    private static ObservedState settled(JobView job) {
        return job.desired() == DesiredState.RUNNING ? ObservedState.RUNNING : ObservedState.IDLE;
    }

    /** Calls until the server is gone; what was under way then may have happened or not. */
    private static int killWhileCalling(DrillServer server, Random random, Map<String, DesiredState> answered)
            throws InterruptedException {
        CountDownLatch dying = new CountDownLatch(1);
        CompletableFuture<Void> death = CompletableFuture.runAsync(
                () -> {
                    dying.countDown();
                    server.kill();
                },
                CompletableFuture.delayedExecutor(500 + random.nextInt(5_000), TimeUnit.MILLISECONDS));
        int calls = 0;
        while (!dying.await(random.nextInt(400), TimeUnit.MILLISECONDS)) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            boolean start = random.nextInt(3) > 0;
            DesiredState before = answered.remove(name);
            try {
                JobView job = start ? server.jobs().start(name) : server.jobs().stop(name, random.nextBoolean());
                answered.put(name, job.desired());
                calls++;
            } catch (UnreachableException e) {
                // Not answered: either is right.
            } catch (ApiException e) {
                if (before != null) {
                    answered.put(name, before);
                }
            }
        }
        death.join();
        return calls;
    }
}
