package io.millrace.server.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofSeconds(30), 64_000_000);

    @Test
    void readsSmallLogsEachTime() {
        assertThat(pace.calm(1_000_000, 3)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.urgent(1_000_000, 3)).isEqualTo(Duration.ZERO);
    }

    @Test
    void readsLargeLogsAsOftenAsTheBudgetAllows() {
        assertThat(pace.calm(200_000_000, 4)).isEqualTo(Duration.ofSeconds(750));
        assertThat(pace.urgent(200_000_000, 4)).isEqualTo(Duration.ofMillis(187_500));
    }
}
