package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class OptionTypeTest {
    @ParameterizedTest
    @CsvSource({
        "DURATION, 10 s",
        "DURATION, 5min",
        "DURATION, 0",
        "DURATION, 1 D",
        "DURATION, 36500 days",
        "DURATION, 100 µs",
        "MEMORY, 8388607 tb",
        "MEMORY, 128 mb",
        "MEMORY, 1024",
        "INTEGER, -7",
        "BOOLEAN, TRUE",
        "CHOICE, json",
        "STRING, x"
    })
    void takesWhatFlinkTakes(OptionType type, String value) {
        assertThat(type.flaw(value, List.of("json", "csv"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DURATION, soon",
        "DURATION, 10 s s",
        "DURATION, -1 s",
        "DURATION, 999999999999 d",
        "MEMORY, 9999999 tb",
        "MEMORY, 10 s",
        "INTEGER, 1.5",
        "INTEGER, 99999999999999999999",
        "BOOLEAN, yes",
        "CHOICE, JSON"
    })
    void saysWhatItTakesInstead(OptionType type, String value) {
        assertThat(type.flaw(value, List.of("json", "csv")))
                .hasValueSatisfying(
                        flaw -> assertThat(flaw).startsWith("must be ").endsWith("not '" + value + "'"));
    }
}
