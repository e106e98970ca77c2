package io.millrace.api.client;

import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

/** SQL sessions, what runs in them, and analyses of scripts. */
public final class SqlClient {
    private static final String STATEMENTS = "/sql-sessions/{}/statements";
    private static final String STATEMENT = STATEMENTS + "/{}";

    private final Rest rest;

    SqlClient(Rest rest) {
        this.rest = rest;
    }

    public SqlSessionView open(NewSqlSession session) {
        return rest.post("/sql-sessions").body(session).as(SqlSessionView.class);
    }

    /** Closes the session; what runs in it is cancelled. */
    public void close(String session) {
        rest.delete("/sql-sessions/{}", session).send();
    }

    /** Answers at once; follow with {@link #rows} for a result, or {@link #get}. */
    public SqlStatementView run(String session, NewSqlStatement statement) {
        return rest.post(STATEMENTS, session).body(statement).as(SqlStatementView.class);
    }

    public SqlStatementView get(String session, String statement) {
        return rest.get(STATEMENT, session, statement).as(SqlStatementView.class);
    }

    /**
     * The next rows.
     *
     * @param pageToken that of the page before; null for the first page
     * @param waitMillis how long the server may wait for a row before it answers with an empty page, up to 10,000
     */
    public ResultPage rows(String session, String statement, @Nullable String pageToken, int pageSize, int waitMillis) {
        return rest.get(STATEMENT + "/rows", session, statement)
                .query("pageToken", pageToken)
                .query("pageSize", pageSize)
                .query("waitMillis", waitMillis)
                .as(ResultPage.class);
    }

    /** Ends the statement if it runs, and forgets it. */
    public void cancel(String session, String statement) {
        rest.delete(STATEMENT, session, statement).send();
    }

    public Completions complete(String session, CompletionRequest request) {
        return rest.post("/sql-sessions/{}/completions", session).body(request).as(Completions.class);
    }

    public Analysis analyse(NewAnalysis analysis) {
        return rest.post("/sql-analyses").body(analysis).as(Analysis.class);
    }
}
