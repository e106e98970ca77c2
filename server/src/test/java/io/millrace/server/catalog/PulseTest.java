package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class PulseTest {
    private final TestClock clock = new TestClock();
    private final Pulse pulse = new Pulse(new CatalogName("kafka"), this::knock, clock);
    private boolean down;
    private int knocks;

    private void knock() {
        knocks++;
        if (down) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "Nobody there.");
        }
    }

    @Test
    void saysSinceWhenNobodyIsThere() {
        down = true;
        assertThat(pulse.look().orElseThrow().since()).isEqualTo(TestClock.NOON);
        clock.advance(Duration.ofMinutes(5));

        assertThat(pulse.look().orElseThrow().sentence())
                .isEqualTo("Nobody there. It has not answered since 2026-06-01T12:00:00Z.");
        assertThat(pulse.last()).isPresent();
    }

    @Test
    void leavesTheStoreAloneForAWhile() {
        assertThat(pulse.look()).isEmpty();
        down = true;
        assertThat(pulse.look()).isEmpty();
        clock.advance(Duration.ofSeconds(11));
        assertThat(pulse.look()).isPresent();
        assertThat(pulse.look()).isPresent();

        assertThat(knocks).isEqualTo(2);
    }

    @Test
    void forgetsAnOutageWhenSomebodyIsThereAgain() {
        down = true;
        assertThat(pulse.look()).isPresent();
        down = false;
        assertThat(pulse.last()).as("too early").isPresent();
        clock.advance(Duration.ofSeconds(11));

        assertThat(pulse.last()).isEmpty();
    }

    @Test
    void knocksAtNobodysDoorForAList() {
        assertThat(pulse.last()).isEmpty();
        assertThat(knocks).isZero();
    }

    @Test
    void saysNothingOfAStoreThatMayNotBeReached() {
        var refused = new Pulse(
                new CatalogName("kafka"),
                () -> {
                    throw new MillraceException(ErrorCode.EGRESS_DENIED, "not allowed");
                },
                clock);

        assertThat(refused.look()).isEmpty();
    }
}
