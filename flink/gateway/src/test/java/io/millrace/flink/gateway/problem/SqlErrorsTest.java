package io.millrace.flink.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.gateway.script.Script;
import org.apache.flink.table.api.TableException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

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

    @Test
    void namesTheTableWhoseClusterIsDown() {
        // As a SELECT ends a minute after its start.
        var client = new TimeoutException("Timed out waiting for a node assignment. Call: listNodes");
        var source = new RuntimeException(
                "Failed to get metadata for topics [web.visits].", new ExecutionException(client.toString(), client));
        var failure = new RuntimeException(
                "Failed to fetch next result",
                new FlinkException(
                        "Global failure triggered by OperatorCoordinator for 'Source: KafkaSource-kafka.down.visits ->"
                                + " Sink: Collect table sink' (operator cbc357ccb763df2852fee8c4fc7d55f2).",
                        new FlinkRuntimeException("Failed to list subscribed topic partitions due to ", source)));

        assertThat(sentence(failure))
                .isEqualTo("Table kafka.down.visits: Failed to get metadata for topics [web.visits]."
                        + " Timed out waiting for a node assignment. Call: listNodes");
    }

    private static String sentence(Throwable failure) {
        return SqlErrors.detail(
                        failure, Script.split("INSERT INTO t VALUES (1)").get(0), Hints.NONE)
                .detail();
    }
}
