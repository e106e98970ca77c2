package io.millrace.core.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Exceptions as Flink 2.3 and its connectors tell them. */
class FailureTest {
    private static Failure of(String exception) {
        return Failure.of(exception, Instant.EPOCH, Optional.empty());
    }

    /** Each begins with a line that says its kind and part of its cause. */
    static Stream<Arguments> real() throws IOException {
        try (var input = FailureTest.class.getResourceAsStream("/flink/failures.txt")) {
            String all = new String(requireNonNull(input).readAllBytes(), UTF_8);
            return Stream.of(all.split("(?m)^=== "))
                    .filter(text -> !text.isEmpty())
                    .map(FailureTest::told);
        }
    }

    private static Arguments told(String text) {
        int colon = text.indexOf(": ");
        int end = text.indexOf('\n');
        return Arguments.of(
                FailureKind.valueOf(text.substring(0, colon)), text.substring(colon + 2, end), text.substring(end + 1));
    }

    @ParameterizedTest
    @MethodSource("real")
    void isKnownByItsText(FailureKind kind, String said, String exception) {
        Failure failure = of(exception);

        assertThat(failure.kind()).as(exception).isEqualTo(kind);
        assertThat(failure.cause()).contains(said);
        assertThat(failure.cause().lines()).hasSize(1);
        assertThat(failure.exception()).isEqualTo(exception);
    }

    /** A row that says "Connection refused" is still a row. */
    @Test
    void whatDataSaysDoesNotDecide() {
        assertThat(
                        of("java.io.IOException: Failed to deserialize JSON '{\"e\":\"OutOfMemoryError: Java heap space\"}'.\n")
                                .kind())
                .isEqualTo(FailureKind.DATA);
        assertThat(of("java.lang.IllegalStateException: relation \"x\" does not exist\n")
                        .kind())
                .isEqualTo(FailureKind.UNKNOWN);
    }

    @Test
    void aLongExceptionKeepsItsHeadAndItsCause() {
        String frames = "\tat a.b.C.d(C.java:1)\n".repeat(20_000);
        Failure failure = of("java.lang.RuntimeException: head\n" + frames + "Caused by: java.lang.Error: tail\n"
                + frames.substring(0, 100));

        assertThat(failure.cause()).isEqualTo("Error: tail.");
        assertThat(failure.exception())
                .startsWith("java.lang.RuntimeException: head")
                .contains("Caused by: java.lang.Error: tail");
        assertThat(failure.exception().length()).isLessThanOrEqualTo(Failure.LONGEST);
    }

    @Test
    void anythingHasASentence() {
        assertThat(of("").cause()).isEqualTo("The cluster says no cause.");
        assertThat(of("something else\nentirely").cause()).isEqualTo("something else.");
        assertThat(of("x.Y: " + "m".repeat(2000)).cause()).hasSizeLessThan(520).endsWith("…");
    }
}
