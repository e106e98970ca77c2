package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.TargetName;
import io.millrace.server.job.JobLoop.Pace;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class PaceTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void clustersTakeTurns() {
        List<TargetName> clusters = IntStream.range(0, 150)
                .mapToObj(i -> new TargetName("cluster-" + i))
                .toList();

        Map<Long, Long> inEachHalfSecond = clusters.stream()
                .collect(Collectors.groupingBy(
                        cluster -> turn(cluster).toEpochMilli() % 5000 / 500, Collectors.counting()));

        assertThat(inEachHalfSecond.values()).hasSize(10).allMatch(count -> count <= 25);
    }

    @Test
    void someTakeTheirTurnsTogether() {
        Set<Long> turns = IntStream.range(0, 150)
                .mapToObj(i -> turn(new TargetName("cluster-" + i)).toEpochMilli() % 5000)
                .collect(Collectors.toSet());

        assertThat(turns).hasSize(25).allMatch(turn -> turn % 200 == 0);
    }

    @Test
    void aTurnComesOnceInAnInterval() {
        TargetName cluster = new TargetName("local");
        Instant turn = turn(cluster);

        assertThat(pace.calm(cluster, turn)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.calm(cluster, turn.plusMillis(100))).isEqualTo(Duration.ofMillis(4900));
        assertThat(pace.calm(cluster, turn.minusMillis(1)))
                .as("somebody had it looked at just now")
                .isEqualTo(Duration.ofMillis(5001));
    }

    /** The second turn after noon. */
    private Instant turn(TargetName cluster) {
        Instant first = NOON.plus(pace.calm(cluster, NOON));
        return first.plus(pace.calm(cluster, first));
    }
}
