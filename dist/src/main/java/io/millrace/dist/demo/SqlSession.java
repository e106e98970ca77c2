package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.FAILED;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.SqlClient;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Failures;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Statements, one after the other, each run to its end. */
final class SqlSession implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final int WAIT_MILLIS = 2_000;
    private static final int LONGEST_SECONDS = 300;
    private static final int MOST_ROWS = 100_000;

    private final SqlClient client;
    private final String id;

    SqlSession(SqlClient client, Map<String, String> settings) {
        this.client = client;
        this.id = client.open(new NewSqlSession(null, null, settings)).id();
    }

    /** The rows of its result. */
    List<List<@Nullable Object>> run(String sql) {
        try {
            String statement = client.run(id, new NewSqlStatement(sql, MOST_ROWS, LONGEST_SECONDS))
                    .id();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            String token = null;
            do {
                ResultPage page = client.rows(id, statement, token, PAGE, WAIT_MILLIS);
                page.items().stream().map(ResultRow::values).forEach(rows::add);
                requireWell(sql, page.statement());
                token = page.nextPageToken();
            } while (token != null);
            client.cancel(id, statement);
            return rows;
        } catch (ApiException e) {
            throw failure(sql, e.problem());
        }
    }

    @Override
    public void close() {
        client.close(id);
    }

    private static void requireWell(String sql, SqlStatementView statement) {
        if (statement.state() == SqlStatementState.FAILED) {
            Problem problem = statement.problem();
            throw problem == null ? new CommandFailure(FAILED, "This failed: " + sql) : failure(sql, problem);
        }
        if (statement.state() == SqlStatementState.CANCELED || statement.truncated()) {
            throw new CommandFailure(FAILED, "This did not come to its end: " + sql);
        }
    }

    private static CommandFailure failure(String sql, Problem problem) {
        return new CommandFailure(FAILED, String.join("\n", Failures.lines(problem)) + "\nwhile running: " + sql);
    }
}
