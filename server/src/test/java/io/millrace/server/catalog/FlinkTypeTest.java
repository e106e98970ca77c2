package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BIGINT NOT NULL",
                "DECIMAL(10, 2)",
                "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL",
                "ARRAY<VARCHAR(2147483647) NOT NULL>",
                "MAP<INT NOT NULL, MULTISET<DATE>> NOT NULL",
                "ROW<`a``b` INT, `c` ROW<`d` DOUBLE> NOT NULL 'it''s'>"
            })
    void printsWhatItReads(String text) {
        assertThat(FlinkType.parse(text)).get().hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STRING", "BYTES", "INTEGER", "NUMERIC(3)", "ROW(a INT, b STRING)", "TIMESTAMP_LTZ(3)", "TIME"})
    void readsOtherSpellings(String text) {
        assertThat(FlinkType.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ARRAY",
                "ARRAY<INT",
                "DECIMAL(10,",
                "ROW<INT>",
                "INT NOT",
                "BIGINT; DROP",
                "VARCHAR(99999999999)"
            })
    void refusesWhatIsNoType(String text) {
        assertThat(FlinkType.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECIMAL(38, 38)",
                "DECIMAL(1, 0)",
                "CHAR(1)",
                "VARCHAR(2147483647)",
                "VARBINARY(1)",
                "TIMESTAMP(9)",
                "TIME(0)",
                "MAP<INT, ROW<`a` DATE>>"
            })
    void hasNumbersThatFlinkHas(String text) {
        assertThat(FlinkType.parse(text).orElseThrow().isWithinRanges()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECIMAL(39, 0)",
                "DECIMAL(0, 0)",
                "DECIMAL(3, 4)",
                "CHAR(0)",
                "VARCHAR(0)",
                "BINARY(0)",
                "VARBINARY(0)",
                "TIME(10)",
                "TIMESTAMP(10)",
                "TIMESTAMP(10) WITH LOCAL TIME ZONE",
                "ARRAY<CHAR(0)>",
                "MAP<INT, ROW<`a` DATE, `b` DECIMAL(39, 0)>>"
            })
    void hasNumbersThatFlinkHasNot(String text) {
        assertThat(FlinkType.parse(text).orElseThrow().isWithinRanges()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = 100_000)
    void refusesWhatIsNestedWithoutEnd(int depth) {
        assertThat(FlinkType.parse("ARRAY<".repeat(depth))).isEmpty();
    }
}
