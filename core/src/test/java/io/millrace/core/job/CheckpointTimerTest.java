package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.CheckpointTimer.Timed;
import io.millrace.core.target.FlinkJobId;
import io.millrace.testkit.Cases;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A cluster's checkpoints over some hours, second by second. */
class CheckpointTimerTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /**
     * Jobs, and how long their checkpoints take.
     *
     * @param atOnce more than the cluster needs, so that no job has to wait long
     */
    private record World(List<Timed> jobs, Map<FlinkJobId, Integer> seconds, int atOnce) {}

    private static World world(Random random) {
        List<Timed> jobs = IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(i -> job(random, 90 + random.nextInt(300), random.nextInt(3) == 0 ? random.nextInt(60) : 0))
                .toList();
        Map<FlinkJobId, Integer> seconds = new HashMap<>();
        double load = 0;
        for (Timed job : jobs) {
            int takes = 1 + random.nextInt(10);
            seconds.put(job.attempt(), takes);
            load += (double) (takes + 1) / job.interval().toSeconds();
        }
        return new World(jobs, seconds, 2 + (int) Math.ceil(load * 1.5));
    }

    private static Timed job(Random random, long interval, long pause) {
        JobId id = Samples.id(random);
        return new Timed(id, FlinkJobId.of(7, id.value(), 1), Duration.ofSeconds(interval), Duration.ofSeconds(pause));
    }

    /** When each job's checkpoints began, by the second. */
    private static Map<FlinkJobId, List<Integer>> run(World world, int seconds) {
        var timer = new CheckpointTimer(world.atOnce());
        Map<FlinkJobId, List<Integer>> begun = new HashMap<>();
        Map<FlinkJobId, Integer> ends = new HashMap<>();
        // Clocks are finer than the milliseconds of intervals.
        Random nanos = new Random(3);
        for (int second = 0; second < seconds; second++) {
            Instant now = START.plusSeconds(second).plusNanos(nanos.nextInt(1_000_000));
            int at = second;
            ends.forEach((job, end) -> {
                if (end == at) {
                    timer.ended(job, now);
                }
            });
            ends.values().removeIf(end -> end == at);
            for (Timed job : timer.due(world.jobs(), now)) {
                timer.begun(job, now);
                assertThat(ends.put(job.attempt(), at + world.seconds().get(job.attempt())))
                        .as("one at a time")
                        .isNull();
                begun.computeIfAbsent(job.attempt(), id -> new ArrayList<>()).add(at);
            }
            assertThat(ends).as("under way at second %s", at).hasSizeLessThanOrEqualTo(world.atOnce());
            assertThat(timer.underWay()).isEqualTo(ends.keySet());
        }
        return begun;
    }

    @Test
    void eachJobHasItsTurnAndFewAreUnderWay() {
        Cases.forAll(20_261_121L, 30, CheckpointTimerTest::world, world -> {
            int seconds = 3 * 3600;
            Map<FlinkJobId, List<Integer>> begun = run(world, seconds);
            for (Timed job : world.jobs()) {
                List<Integer> times = begun.get(job.attempt());
                long interval = job.interval().toSeconds();
                assertThat(times.size())
                        .as("checkpoints of %s in %s s", job, seconds)
                        .isBetween((int) (seconds / interval) - 1, (int) (seconds / interval) + 1);
                for (int i = 1; i < times.size(); i++) {
                    int ended = times.get(i - 1) + world.seconds().get(job.attempt());
                    assertThat(times.get(i) - ended).as("pause of %s", job).isGreaterThanOrEqualTo((int)
                            job.minPause().toSeconds());
                }
            }
        });
    }

    @Test
    void jobsOfOneIntervalAreSpreadOverIt() {
        Random random = new Random(1);
        List<Timed> jobs =
                IntStream.range(0, 600).mapToObj(i -> job(random, 600, 0)).toList();
        Map<FlinkJobId, Integer> seconds = new HashMap<>();
        jobs.forEach(job -> seconds.put(job.attempt(), 1));
        int[] minutes = new int[10];

        run(new World(jobs, seconds, 600), 1200)
                .values()
                .forEach(times -> times.forEach(second -> minutes[second / 60 % 10]++));

        assertThat(IntStream.of(minutes).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(60, 140));
    }

    /** More is asked for than the cluster can do: nobody is left out for others. */
    @Test
    void whoWaitsLongestComesFirst() {
        Random random = new Random(2);
        List<Timed> jobs =
                IntStream.range(0, 20).mapToObj(i -> job(random, 30, 0)).toList();
        Map<FlinkJobId, Integer> seconds = new HashMap<>();
        jobs.forEach(job -> seconds.put(job.attempt(), 10));

        Map<FlinkJobId, List<Integer>> begun = run(new World(jobs, seconds, 1), 3600);

        assertThat(begun).hasSize(20);
        assertThat(begun.values()).allSatisfy(times -> assertThat(times.size()).isBetween(16, 20));
    }

    @Test
    void aCheckpointThatHangsKeepsNoOtherJobFromItsOwn() {
        Random random = new Random(3);
        Timed hanging = job(random, 30, 0);
        Timed other = job(random, 30, 0);
        var timer = new CheckpointTimer(1);
        int begun = 0;
        for (int second = 0; second < 600; second++) {
            Instant now = START.plusSeconds(second);
            for (Timed job : timer.due(List.of(hanging, other), now)) {
                timer.begun(job, now);
                if (job.equals(other)) {
                    begun++;
                    timer.ended(other.attempt(), now.plusSeconds(1));
                }
            }
        }

        assertThat(timer.underWay()).containsExactly(hanging.attempt());
        assertThat(begun).isBetween(16, 20);
    }
}
