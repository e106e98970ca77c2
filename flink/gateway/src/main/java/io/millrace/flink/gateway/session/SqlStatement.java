package io.millrace.flink.gateway.session;

import io.millrace.api.problem.Problem;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.flink.catalog.MetastoreException;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of one statement: its state, its rows so far, its outcome. Written by the thread that runs it, read
 * by requests.
 *
 * <pre>
 * RUNNING → FINISHED | FAILED | CANCELED
 * </pre>
 *
 * A wish to stop comes first and decides the end: after {@link #cancel()} the statement ends CANCELED whatever its
 * thread meets; after {@link #stopAtLimit} it ends FINISHED and truncated.
 */
final class SqlStatement {
    private final String id;
    private final Clock clock;
    private final Instant accepted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ResultRow> rows = new ArrayList<>();

    private SqlStatementState state = SqlStatementState.RUNNING;
    private @Nullable String kind;
    private List<ResultColumn> columns = List.of();
    private @Nullable String message;
    private @Nullable String flinkJobId;
    private @Nullable Problem problem;
    private @Nullable Instant ended;
    private boolean cancelled;
    private @Nullable String limit;
    private @Nullable Runnable stopper;
    private @Nullable Future<?> timer;
    private Runnable permit = () -> {};

    SqlStatement(String id, Clock clock) {
        this.id = id;
        this.clock = clock;
        this.accepted = clock.instant();
    }

    String id() {
        return id;
    }

    void kind(String newKind) {
        change(() -> kind = newKind);
    }

    void columns(List<ResultColumn> newColumns) {
        change(() -> columns = List.copyOf(newColumns));
    }

    void message(Optional<String> text) {
        change(() -> text.ifPresent(more -> message = message == null ? more : message + " " + more));
    }

    void job(String jobId) {
        change(() -> flinkJobId = jobId);
    }

    void add(ResultRow row) {
        change(() -> rows.add(row));
    }

    /** What ends a query at its time limit; stopped at the statement's end. */
    void timer(Future<?> newTimer) {
        change(() -> timer = newTimer);
        if (hasEnded()) {
            noTimer();
        }
    }

    /** The limit is for queries: an insertion takes the time that it takes. */
    void noTimer() {
        change(() -> {
            if (timer != null) {
                timer.cancel(false);
            }
        });
    }

    /** What interrupts the work that is under way; called once a stop is wished, at once if it was before. */
    void onStop(Runnable interrupt) {
        lock.lock();
        try {
            stopper = interrupt;
            if (isStopping()) {
                interrupt.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What asks whether whoever runs the statement may still have its rows. */
    void permit(Runnable question) {
        change(() -> permit = question);
    }

    /** Fails, and ends the statement, when what it does is not allowed any more. */
    void askAgain() {
        Runnable question;
        lock.lock();
        try {
            question = permit;
        } finally {
            lock.unlock();
        }
        try {
            question.run();
        } catch (MetastoreException e) {
            if (e.status() >= 500) {
                throw new GatewayException(Code.METASTORE_UNAVAILABLE, String.valueOf(e.getMessage()));
            }
            cancel();
            throw new GatewayException(Code.ACCESS_DENIED, String.valueOf(e.getMessage()));
        }
    }

    void finish() {
        end(SqlStatementState.FINISHED, null);
    }

    void fail(Problem reason) {
        end(SqlStatementState.FAILED, reason);
    }

    void cancel() {
        stop(() -> cancelled = true);
    }

    /** Ends the query because of a limit, which the sentence explains. */
    void stopAtLimit(String sentence) {
        stop(() -> limit = sentence);
    }

    boolean isStopping() {
        lock.lock();
        try {
            return cancelled || limit != null;
        } finally {
            lock.unlock();
        }
    }

    boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return state != SqlStatementState.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    SqlStatementView view() {
        lock.lock();
        try {
            Instant end = ended == null ? clock.instant() : ended;
            return new SqlStatementView(
                    id,
                    state,
                    kind,
                    columns,
                    rows.size(),
                    limit != null && state == SqlStatementState.FINISHED,
                    limit != null && state == SqlStatementState.FINISHED ? limit : message,
                    flinkJobId,
                    Duration.between(accepted, end).toMillis(),
                    problem);
        } finally {
            lock.unlock();
        }
    }

    /** Rows from {@code token} on; waits for the first of them, or the end, at most {@code wait}. */
    ResultPage page(@Nullable String token, int size, Duration wait) {
        int from = offset(token);
        lock.lock();
        try {
            long left = wait.toNanos();
            while (rows.size() <= from && state == SqlStatementState.RUNNING && left > 0) {
                left = changed.awaitNanos(left);
            }
            int to = Math.min(rows.size(), from + size);
            boolean last = state != SqlStatementState.RUNNING && to == rows.size();
            List<ResultRow> items = from <= to ? List.copyOf(rows.subList(from, to)) : List.of();
            return new ResultPage(items, last ? null : Integer.toString(Math.max(from, to)), view());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ResultPage(List.of(), Integer.toString(from), view());
        } finally {
            lock.unlock();
        }
    }

    boolean awaitEnd(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (state == SqlStatementState.RUNNING && left > 0) {
                left = changed.awaitNanos(left);
            }
            return state != SqlStatementState.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    private static int offset(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return 0;
        }
        if (!token.matches("[0-9]{1,9}")) {
            throw new GatewayException(Code.REQUEST_INVALID, "'pageToken' is not one that this server made.");
        }
        return Integer.parseInt(token);
    }

    private void stop(Runnable wish) {
        lock.lock();
        try {
            if (state != SqlStatementState.RUNNING || isStopping()) {
                return;
            }
            wish.run();
            if (stopper != null) {
                stopper.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(SqlStatementState wanted, @Nullable Problem reason) {
        change(() -> {
            if (state != SqlStatementState.RUNNING) {
                return;
            }
            state = cancelled ? SqlStatementState.CANCELED : limit != null ? SqlStatementState.FINISHED : wanted;
            problem = state == SqlStatementState.FAILED ? reason : null;
            ended = clock.instant();
            stopper = null;
        });
        noTimer();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
