package io.millrace.server.logs;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

class LogHeaderTest {
    private static final String JOB = "bba25a1831c468c482e510e000000001";

    @Test
    void readsTheLayoutOfTheLocalStack() {
        String line = "2026-06-01T14:00:00.123+02:00 WARN  o.a.f.r.t.Task [" + JOB + "] Source (1/1) failed.";

        assertThat(LogHeader.of(line, UTC))
                .contains(new LogHeader(
                        Instant.parse("2026-06-01T12:00:00.123Z"), LogLevel.WARN, "o.a.f.r.t.Task", Optional.of(JOB)));
    }

    @Test
    void readsTheLayoutOfFlinkInTheZoneOfTheCluster() {
        String line = "2026-06-01 14:00:00,123 INFO  org.apache.flink.runtime.taskmanager.Task      [] - Source (1/1)";

        assertThat(LogHeader.of(line, ZoneId.of("Europe/Berlin")))
                .contains(new LogHeader(
                        Instant.parse("2026-06-01T12:00:00.123Z"),
                        LogLevel.INFO,
                        "org.apache.flink.runtime.taskmanager.Task",
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01 12:00:00,000 [main] ERROR a.B [] - x",
                "[2026-06-01 12:00:00,000] ERROR a.B - x",
                "2026-06-01T12:00:00Z [ERROR] a.B x"
            })
    void readsOtherLayouts(String line) {
        assertThat(LogHeader.of(line, UTC))
                .contains(
                        new LogHeader(Instant.parse("2026-06-01T12:00:00Z"), LogLevel.ERROR, "a.B", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\tat a.B.c(D.java:1)",
                "Caused by: java.io.IOException: 2026-06-01 12:00:00,000 INFO a.B",
                "2026-13-01 12:00:00,000 INFO a.B x",
                "2026-06-01T12:00:00+99:99 INFO a.B x",
                "2026-06-01 12:00:00,000 is the time that was read"
            })
    void takesOtherLinesForTheRestOfAnEntry(String line) {
        assertThat(LogHeader.of(line, UTC)).isEmpty();
    }
}
