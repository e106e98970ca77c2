package io.millrace.cli.sql;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Answers of a server, written by hand. */
final class Wire {
    static final String OPEN = "POST /sql-sessions";
    static final String CLOSE = "DELETE /sql-sessions/s1";
    static final String RUN = "POST /sql-sessions/s1/statements";
    static final String ROWS = "GET /sql-sessions/s1/statements/q1/rows";
    static final String FORGET = "DELETE /sql-sessions/s1/statements/q1";
    static final SqlSessionView SESSION = new SqlSessionView("s1", "warehouse", "default");

    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("path", "STRING"), new ResultColumn("views", "BIGINT"));

    private Wire() {}

    static SqlStatementView statement(SqlStatementState state, long rows) {
        return new SqlStatementView("q1", state, "SELECT", COLUMNS, rows, false, null, "0a1b", 1234, null);
    }

    static SqlStatementView silent(@Nullable String message) {
        return new SqlStatementView(
                "q1", SqlStatementState.FINISHED, "SET", List.of(), 0, false, message, null, 20, null);
    }

    static SqlStatementView truncated(long rows) {
        return new SqlStatementView(
                "q1",
                SqlStatementState.FINISHED,
                "SELECT",
                COLUMNS,
                rows,
                true,
                "Stopped after " + rows + " rows.",
                "0a1b",
                1234,
                null);
    }

    static SqlStatementView failed(Problem problem) {
        return new SqlStatementView("q1", SqlStatementState.FAILED, null, List.of(), 0, false, null, null, 20, problem);
    }

    static ResultPage page(SqlStatementView statement, @Nullable String next, ResultRow... rows) {
        return new ResultPage(List.of(rows), next, statement);
    }

    static ResultRow row(String op, String path, int views) {
        return new ResultRow(op, List.of(path, views));
    }

    static Problem problem(String code, int status, String detail, ProblemDetail... errors) {
        return new Problem("/problems/x", "Title", status, detail, null, code, null, List.of(errors));
    }
}
