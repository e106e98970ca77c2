package io.millrace.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class DemoResultTest {
    private static final DemoResult RESULT = new DemoResult(
                    10_000,
                    1,
                    9_999,
                    4_011,
                    1_861,
                    2_640,
                    new TreeMap<>(Map.of("404", 213L, "200", 9_125L)),
                    List.of(new DemoResult.TopPage("/", 572)),
                    true,
                    new DemoResult.Seconds(0, 0),
                    "http://127.0.0.1:8080")
            .took(7.25, 21.5);

    @Test
    void isPrintedAsTheObjectThatProgramsRelyOn() {
        assertThat(Json.write(RESULT))
                .isEqualTo("{\"lines\":10000,\"quarantined\":1,\"detail\":9999,\"pageViews\":4011,\"visitors\":1861,"
                        + "\"bots\":2640,\"statuses\":{\"200\":9125,\"404\":213},"
                        + "\"topPages\":[{\"path\":\"/\",\"views\":572}],\"validated\":true,"
                        + "\"seconds\":{\"start\":7.25,\"run\":21.5},\"ui\":\"http://127.0.0.1:8080\"}");
    }

    @Test
    void isShownToPeopleWithTheAddressOfTheConsole() {
        assertThat(DemoReport.lines(RESULT, "http://127.0.0.1:8080/#sign-in=x", 80))
                .contains("lines            | 10,000", "200    |    9,125", "/         |   572")
                .endsWith("Console: http://127.0.0.1:8080/#sign-in=x");
    }
}
