package io.millrace.cli.sql;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.SqlClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Runs one statement after the other in a session and hands their rows to a writer as they arrive. */
final class StatementRunner {
    private static final int PAGE_SIZE = 1000;

    /** With somebody watching the progress line, a page is asked for often enough to keep it moving. */
    private static final int WAIT_WATCHED_MILLIS = 200;

    private static final int WAIT_MILLIS = 1000;

    private final SqlClient sql;
    private final Limits limits;
    private final Progress progress;
    private final BooleanSupplier readerGone;

    /** {@code readerGone} says whether nobody reads the result any more, as behind {@code | head}. */
    StatementRunner(SqlClient sql, Limits limits, Progress progress, BooleanSupplier readerGone) {
        this.sql = sql;
        this.limits = limits;
        this.progress = progress;
        this.readerGone = readerGone;
    }

    /** Runs it to its end; the outcome is in the view. What was begun is cancelled when it does not come to its end. */
    SqlStatementView run(String session, String text, ResultWriter writer, Cancellation cancellation) {
        SqlStatementView statement = sql.run(session, new NewSqlStatement(text, limits.rows(), limits.seconds()));
        try {
            SqlStatementView ended = follow(session, statement, writer, cancellation);
            return ended == null ? canceled(statement) : ended;
        } finally {
            progress.clear();
            forget(session, statement.id());
        }
    }

    /** Null when it was cancelled here. */
    private @Nullable SqlStatementView follow(
            String session, SqlStatementView statement, ResultWriter writer, Cancellation cancellation) {
        String token = null;
        boolean begun = false;
        while (!cancellation.requested() && !readerGone.getAsBoolean()) {
            ResultPage page = next(session, statement.id(), token, cancellation);
            if (page == null) {
                break;
            }
            SqlStatementView now = page.statement();
            if (!begun && !now.columns().isEmpty()) {
                writer.begin(now.columns());
                begun = true;
            }
            if (!page.items().isEmpty()) {
                progress.clear();
                writer.rows(page.items());
            } else if (begun && page.nextPageToken() != null) {
                progress.clear();
                writer.pause();
            }
            token = page.nextPageToken();
            if (token == null) {
                progress.clear();
                // A query that fails after some rows has shown them; one that fails at once has no result at all.
                if (begun && (now.state() != SqlStatementState.FAILED || now.rowCount() > 0)) {
                    writer.end();
                }
                return now;
            }
            progress.update(now);
        }
        if (begun) {
            progress.clear();
            writer.pause();
        }
        return null;
    }

    private @Nullable ResultPage next(
            String session, String statement, @Nullable String token, Cancellation cancellation) {
        int wait = progress.enabled() ? WAIT_WATCHED_MILLIS : WAIT_MILLIS;
        try {
            return cancellation.interruptibly(() -> sql.rows(session, statement, token, PAGE_SIZE, wait));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof InterruptedIOException && cancellation.requested()) {
                return null;
            }
            throw e;
        }
    }

    private static SqlStatementView canceled(SqlStatementView statement) {
        return new SqlStatementView(
                statement.id(),
                SqlStatementState.CANCELED,
                statement.kind(),
                statement.columns(),
                statement.rowCount(),
                false,
                null,
                statement.flinkJobId(),
                statement.elapsedMillis(),
                null);
    }

    private void forget(String session, String statement) {
        try {
            sql.cancel(session, statement);
        } catch (ApiException | UnreachableException e) {
            // It is gone, or goes when the session does; the outcome is what counts.
        }
    }
}
