package io.millrace.server.flinkclient;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** What Flink's clients send and read, by the names that Flink gives it. */
final class FlinkClientMessages {
    private FlinkClientMessages() {}

    record Info(String productName, String version) {}

    record Versions(List<String> versions) {}

    record OpenSession(
            @Nullable String sessionName, @Nullable Map<String, String> properties) {}

    record OpenedSession(String sessionHandle) {}

    record SessionConfig(Map<String, String> properties) {}

    record ConfigureSession(
            @Nullable String statement, @Nullable Long executionTimeout) {}

    record ExecuteStatement(
            @Nullable String statement,
            @Nullable Long executionTimeout,
            @Nullable Map<String, String> executionConfig) {}

    record ExecutedStatement(String operationHandle) {}

    record CompleteStatement(@Nullable String statement, int position) {}

    record CompletedStatement(List<String> candidates) {}

    record Status(String status) {}

    /** The body that calls without one have nevertheless. */
    record Nothing() {}

    /**
     * Some rows, or that there are none yet.
     *
     * @param resultType {@code NOT_READY}, {@code PAYLOAD} or {@code EOS}; but for {@code NOT_READY} everything that
     *     follows is there, save the job
     * @param nextResultUri where to go on; null after the end
     */
    record Results(
            String resultType,
            @JsonProperty("isQueryResult") @Nullable Boolean query,
            @JsonProperty("jobID") @Nullable String job,
            @Nullable String resultKind,
            @Nullable Table results,
            @Nullable String nextResultUri) {}

    record Table(List<Column> columns, String rowFormat, List<Row> data) {}

    /**
     * A column.
     *
     * @param logicalType as Flink writes its logical types
     */
    record Column(String name, Map<String, Object> logicalType) {}

    /**
     * A row.
     *
     * @param kind the name of Flink's row kind
     */
    record Row(String kind, List<@Nullable Object> fields) {}
}
