package io.millrace.cli.sql;

import io.millrace.api.sql.SqlStatementView;
import io.millrace.api.text.Durations;

import java.util.Optional;

/** What is said about a statement that came to its end. */
final class Outcome {
    private Outcome() {}

    /** What was said of a statement that failed later, such as that a store does not answer. */
    static Optional<String> notice(SqlStatementView failed) {
        return Optional.ofNullable(failed.message());
    }

    static String text(SqlStatementView statement) {
        String message = statement.message() == null ? "" : statement.message();
        if (!statement.columns().isEmpty()) {
            String rows = Progress.rows(statement.rowCount()) + " in " + Durations.exact(statement.elapsedMillis());
            return message.isEmpty() ? rows : rows + ". " + message;
        }
        String job = statement.flinkJobId() == null ? "" : "Flink job " + statement.flinkJobId() + ". ";
        return message.isEmpty() && job.isEmpty()
                ? "OK in " + Durations.exact(statement.elapsedMillis())
                : (job + message).strip();
    }
}
