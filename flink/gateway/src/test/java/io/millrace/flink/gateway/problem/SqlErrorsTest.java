package io.millrace.flink.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.gateway.script.Script;
import org.apache.flink.table.api.TableException;
import org.junit.jupiter.api.Test;

/** Failures as Flink throws them, and what is said of them. */
class SqlErrorsTest {
    @Test
    void saysWhatToDoAboutAStatementThatIsTooMuchCode() {
        // As the INSERT of 10,000 literals ends.
        var failure = new TableException(
                "Failed to wait job finish",
                new IllegalStateException("Could not instantiate", new RuntimeException("Code grows beyond 64 KB")));

        assertThat(sentence(failure)).contains("64 KB", "fewer columns", "instead of VALUES");
        assertThat(sentence(new TableException("Failed to wait job finish", new RuntimeException("No space left"))))
                .isEqualTo("Failed to wait job finish No space left");
    }

    private static String sentence(Throwable failure) {
        return SqlErrors.detail(
                        failure, Script.split("INSERT INTO t VALUES (1)").get(0), Hints.NONE)
                .detail();
    }
}
