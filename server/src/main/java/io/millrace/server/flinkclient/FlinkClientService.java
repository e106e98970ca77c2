package io.millrace.server.flinkclient;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.flinkclient.FlinkClientMessages.CompleteStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.ConfigureSession;
import io.millrace.server.flinkclient.FlinkClientMessages.ExecuteStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.OpenSession;
import io.millrace.server.flinkclient.FlinkClientMessages.Results;
import io.millrace.server.sql.SqlSessionService;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Translates what Flink's clients ask for into the use cases of {@link SqlSessionService}, which decides everything. */
public final class FlinkClientService {
    /** Such clients page by themselves and show no limits, so they get the largest ones. */
    private static final int MOST_ROWS = 100_000;

    private static final int MOST_SECONDS = 3_600;
    private static final int MAX_TEXT = 1_000_000;
    private static final int PAGE = 1_000;

    /** The clients ask again at once. */
    private static final int WAIT_MILLIS = 1_000;

    private static final String QUERY = "SELECT";

    /** Flink's shell reads on after an error with these words; others come from the gateway for such a statement. */
    private static final String READ_ON = " Encountered \"<EOF>\".";

    private static final List<String> UNFINISHED =
            List.of("The statement ends too early.", "BEGIN STATEMENT SET has no END.");

    private final SqlSessionService sessions;

    public FlinkClientService(SqlSessionService sessions) {
        this.sessions = sessions;
    }

    /** Opens a session and names it. */
    String open(OpenSession wanted) {
        Map<String, String> sent = wanted.properties() == null ? Map.of() : wanted.properties();
        return sessions.open(new NewSqlSession(null, null, ClientSettings.ofTheSession(sent)))
                .id();
    }

    void close(String session) {
        sessions.close(session);
    }

    /** Keeps a session from ending for want of calls. */
    void touch(String session) {
        try {
            sessions.show(session, "s0"); // which no session has: asking is enough
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SQL_STATEMENT_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** What was set in a session; nothing of what the platform sets. */
    Map<String, String> config(String session) {
        Map<String, String> config = new TreeMap<>();
        for (ResultRow row : finish(session, "SET").items()) {
            config.put(
                    String.valueOf(row.values().get(0)),
                    String.valueOf(row.values().get(1)));
        }
        return config;
    }

    void configure(String session, ConfigureSession wanted) {
        ResultPage unused = finish(session, text(wanted.statement()));
    }

    /** Starts a statement and names it. */
    String execute(String session, ExecuteStatement wanted) {
        if (wanted.executionConfig() != null && !wanted.executionConfig().isEmpty()) {
            throw invalid("executionConfig", "is not taken; send SET statements.");
        }
        Long timeout = wanted.executionTimeout();
        int seconds = timeout == null || timeout <= 0
                ? MOST_SECONDS
                : (int) Math.min(MOST_SECONDS, Math.max(1, timeout / 1_000));
        SqlStatementView accepted =
                sessions.run(session, new NewSqlStatement(text(wanted.statement()), MOST_ROWS, seconds));
        return Handles.operation(accepted.id());
    }

    /** The name of a Flink operation status. */
    String status(String session, String operation) {
        SqlStatementState state =
                sessions.show(session, Handles.statement(operation)).state();
        return state == SqlStatementState.FAILED ? "ERROR" : state.name();
    }

    /** Ends an operation if it runs, and forgets it, which may be asked for twice: to cancel it and to close it. */
    void forget(String session, String operation) {
        try {
            sessions.cancel(session, Handles.statement(operation));
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SQL_STATEMENT_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Words that may stand at the cursor, with what is written before them without a space: Flink's shell compares both. */
    List<String> complete(String session, CompleteStatement request) {
        String sql = request.statement();
        if (sql == null || request.position() < 0 || request.position() > sql.length()) {
            throw invalid("position", "must be a place in 'statement'.");
        }
        String word = sql.substring(0, request.position()).replaceFirst("(?s)^.*\\s", "");
        String before = word.replaceFirst("[`\\w]*$", "");
        return sessions.complete(session, new CompletionRequest(sql, request.position())).items().stream()
                .map(each -> before + each.text())
                .toList();
    }

    /**
     * The rows from {@code token} on, which may be asked for again.
     *
     * @param base the address of the operation's results, to which the next token is added
     */
    Results fetch(String session, String operation, int token, FlinkRows.Format format, String base) {
        ResultPage page =
                sessions.rows(session, Handles.statement(operation), Integer.toString(token), PAGE, WAIT_MILLIS);
        SqlStatementView statement = page.statement();
        refuseFailed(statement);
        boolean query = QUERY.equals(statement.kind());
        boolean running = statement.state() == SqlStatementState.RUNNING;
        if (running && (!query || statement.columns().isEmpty())) {
            return new Results("NOT_READY", null, null, null, null, next(base, token, format));
        }
        Answer answer = query || !statement.columns().isEmpty()
                ? new Answer("SUCCESS_WITH_CONTENT", statement.columns(), page.items())
                : Answer.ofOne(statement, token);
        boolean end = page.nextPageToken() == null && answer.rows().isEmpty();
        if (end && statement.truncated()) {
            throw new MillraceException(ErrorCode.SQL_LIMIT_REACHED, String.valueOf(statement.message()));
        }
        return new Results(
                end ? "EOS" : "PAYLOAD",
                query,
                statement.flinkJobId(),
                answer.kind(),
                new FlinkRows(answer.columns(), format).table(answer.rows()),
                end ? null : next(base, token + answer.rows().size(), format));
    }

    private static String next(String base, int token, FlinkRows.Format format) {
        return base + token + "?rowFormat=" + format;
    }

    /** Runs a statement that answers at once. */
    private ResultPage finish(String session, String sql) {
        String id = sessions.run(session, new NewSqlStatement(sql, MOST_ROWS, MOST_SECONDS))
                .id();
        ResultPage page = sessions.rows(session, id, null, PAGE, WAIT_MILLIS);
        while (page.statement().state() == SqlStatementState.RUNNING
                && !QUERY.equals(page.statement().kind())) {
            page = sessions.rows(session, id, null, PAGE, WAIT_MILLIS);
        }
        sessions.cancel(session, id);
        refuseFailed(page.statement());
        if (QUERY.equals(page.statement().kind())) {
            throw new MillraceException(ErrorCode.SQL_REFUSED, "A query does not configure a session.");
        }
        return page;
    }

    private static void refuseFailed(SqlStatementView statement) {
        if (statement.state() == SqlStatementState.CANCELED) {
            throw new MillraceException(ErrorCode.SQL_FAILED, "The statement was cancelled.");
        }
        if (statement.state() != SqlStatementState.FAILED) {
            return;
        }
        Problem problem = Objects.requireNonNull(statement.problem());
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(each -> each.name().equals(problem.code()))
                .findFirst()
                .orElse(ErrorCode.SQL_FAILED);
        String detail = UNFINISHED.contains(problem.detail()) ? problem.detail() + READ_ON : problem.detail();
        throw new MillraceException(
                code,
                detail,
                problem.errors().stream().map(FlinkClientService::flaw).toList());
    }

    private static Flaw flaw(ProblemDetail detail) {
        String hint = detail.hint();
        return hint == null ? Flaw.at("/statement", detail.detail()) : Flaw.at("/statement", detail.detail(), hint);
    }

    private static String text(@Nullable String statement) {
        if (statement == null || statement.isBlank()) {
            throw invalid("statement", "is required.");
        }
        if (statement.length() > MAX_TEXT) {
            throw invalid("statement", "is longer than " + MAX_TEXT + " characters.");
        }
        return statement;
    }

    private static MillraceException invalid(String field, String wrong) {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID, "'" + field + "' " + wrong, List.of(Flaw.at("/" + field, wrong)));
    }

    /** The rows of a page, with what they are. */
    private record Answer(String kind, List<ResultColumn> columns, List<ResultRow> rows) {
        /** What Flink's gateway answers where there is nothing to tell: the job that was started, or OK. */
        static Answer ofOne(SqlStatementView statement, int token) {
            String job = statement.flinkJobId();
            ResultColumn column = new ResultColumn(job == null ? "result" : "job id", "STRING");
            ResultRow row = new ResultRow("+I", List.<@Nullable Object>of(job == null ? "OK" : job));
            return new Answer(
                    job == null ? "SUCCESS" : "SUCCESS_WITH_CONTENT",
                    List.of(column),
                    token == 0 ? List.of(row) : List.of());
        }
    }
}
