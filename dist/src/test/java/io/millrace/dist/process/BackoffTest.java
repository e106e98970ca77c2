package io.millrace.dist.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

    @Test
    void waitsTwiceAsLongAfterEachDeathUpToTheLimit() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::delay))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
    }

    @Test
    void staysAtTheLimitHoweverOftenAProcessDies() {
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void countsDeathsThatFollowOneAnotherQuickly() {
        assertThat(backoff.deathsInARow(3, Duration.ofSeconds(59))).isEqualTo(4);
    }

    @Test
    void forgetsEarlierDeathsAfterAHealthyLife() {
        assertThat(backoff.deathsInARow(3, Duration.ofSeconds(60))).isEqualTo(1);
    }

    @Test
    void hasNoWaitBeforeTheFirstDeath() {
        assertThatThrownBy(() -> backoff.delay(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
