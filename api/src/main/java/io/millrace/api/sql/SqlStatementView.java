package io.millrace.api.sql;

import io.millrace.api.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A statement that was sent.
 *
 * @param kind the Flink operation, such as {@code SELECT}, {@code INSERT}, {@code CREATE_TABLE}, {@code SET}
 * @param columns the result's columns; empty until they are known
 * @param rowCount rows received so far
 * @param truncated whether a limit ended the query; {@code message} says which
 * @param message what to tell the user about the outcome; null when there is nothing to say
 * @param flinkJobId the Flink job that runs for it, if any
 * @param elapsedMillis since the statement was accepted, until its end
 * @param problem why it failed
 */
public record SqlStatementView(
        String id,
        SqlStatementState state,
        @Nullable String kind,
        List<ResultColumn> columns,
        long rowCount,
        boolean truncated,
        @Nullable String message,
        @Nullable String flinkJobId,
        long elapsedMillis,
        @Nullable Problem problem) {}
