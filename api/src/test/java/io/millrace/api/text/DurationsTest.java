package io.millrace.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class DurationsTest {
    @Test
    void readsWhatPeopleWrite() {
        assertThat(Durations.parse("500 ms")).hasValue(Duration.ofMillis(500));
        assertThat(Durations.parse("30s")).hasValue(Duration.ofSeconds(30));
        assertThat(Durations.parse("5 min")).hasValue(Duration.ofMinutes(5));
        assertThat(Durations.parse("2 Hours")).hasValue(Duration.ofHours(2));
        assertThat(Durations.parse("1 d")).hasValue(Duration.ofDays(1));
        assertThat(Durations.parse("PT1M30S")).hasValue(Duration.ofSeconds(90));
    }

    @Test
    void refusesWhatHasNoUnitOrIsNegative() {
        for (String text : new String[] {"30", "", "s", "-5 s", "PT-5S", "5 weeks", "1.5 h", "99999999999 d"}) {
            assertThat(Durations.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void saysHowLongSomethingTook() {
        assertThat(Durations.exact(420)).isEqualTo("0.42 s");
        assertThat(Durations.exact(12_345)).isEqualTo("12.3 s");
        assertThat(Durations.exact(125_000)).isEqualTo("2 min 05 s");
        assertThat(Durations.rough(Duration.ofSeconds(-1))).isEqualTo("0 s");
        assertThat(Durations.rough(Duration.ofMinutes(12))).isEqualTo("12 min");
        assertThat(Durations.rough(Duration.ofHours(50))).isEqualTo("2 d");
    }
}
