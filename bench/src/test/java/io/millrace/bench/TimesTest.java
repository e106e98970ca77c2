package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class TimesTest {
    @Test
    void percentilesAreSamplesByNearestRank() {
        Times times = new Times("x");
        for (int millis : new int[] {50, 10, 40, 20, 30}) {
            times.add(Duration.ofMillis(millis));
        }

        assertThat(times.percentile(50)).isEqualTo(Duration.ofMillis(30));
        assertThat(times.percentile(95)).isEqualTo(Duration.ofMillis(50));
        assertThat(times.row()).isEqualTo("| x | 5 | 30 | 50 | 50 |");
    }

    @Test
    void refusesToSummariseNothing() {
        assertThatThrownBy(() -> new Times("x").percentile(50)).isInstanceOf(IllegalStateException.class);
    }
}
