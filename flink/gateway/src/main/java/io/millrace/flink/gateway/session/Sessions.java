package io.millrace.flink.gateway.session;

import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.flink.catalog.MetastoreException;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import org.apache.flink.table.api.CatalogNotExistException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All open sessions of this gateway, by id. They end when they are closed or unused for half an hour. */
public final class Sessions implements AutoCloseable {
    private static final int MOST = 64;
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int MOST_ROWS = 10_000;
    private static final int USUAL_ROWS = 1_000;

    private final SessionContexts contexts;
    private final ExecutorService runs;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Map<String, OpenSession> open = new ConcurrentHashMap<>();

    /**
     * @param runs where statements run; a statement that finds no thread is refused
     * @param timer ends queries at their time limit and sessions when they are idle
     */
    public Sessions(SessionContexts contexts, ExecutorService runs, ScheduledExecutorService timer, Clock clock) {
        this.contexts = contexts;
        this.runs = runs;
        this.timer = timer;
        this.clock = clock;
    }

    /** Begins to close idle sessions. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::closeIdle, 1, 1, TimeUnit.MINUTES);
    }

    /** Opens a session of whom this thread acts for. */
    public SqlSessionView open(NewSqlSession request) {
        if (open.size() >= MOST) {
            throw new GatewayException(
                    Code.SQL_LIMIT_REACHED, "There are " + MOST + " open SQL sessions already; close some.");
        }
        SqlSession session = opened(() -> contexts.open(request.catalog(), request.database()));
        try {
            if (request.settings() != null) {
                new TreeMap<>(request.settings()).forEach(session::set);
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        String id = UUID.randomUUID().toString();
        open.put(id, new OpenSession(session, clock.instant()));
        return view(id, session);
    }

    /** A session outside of the list, for whoever closes it. */
    public SqlSession fresh(@Nullable String catalog, @Nullable String database) {
        return opened(() -> contexts.open(catalog, database));
    }

    /** The same, whose catalogs keep all changes to themselves. */
    public SqlSession draft(@Nullable String catalog, @Nullable String database) {
        return opened(() -> contexts.draft(catalog, database, null));
    }

    /** The same, with the settings, temporary objects and current database of an open session. */
    public SqlSession draftOf(String id) {
        SqlSession original = get(id);
        original.lock().lock();
        try {
            Catalog inMemory = original.catalogs()
                    .getCatalog(SessionContexts.IN_MEMORY_CATALOG)
                    .orElse(null);
            SqlSession draft = opened(() -> contexts.draft(SessionContexts.IN_MEMORY_CATALOG, null, inMemory));
            try {
                original.copyTo(draft);
                return draft;
            } catch (RuntimeException e) {
                draft.close();
                throw e;
            }
        } finally {
            original.lock().unlock();
        }
    }

    private static SqlSession opened(Supplier<SessionContext> context) {
        try {
            return new SqlSession(context.get());
        } catch (CatalogNotExistException | CatalogException | ValidationException e) {
            boolean down = e instanceof MetastoreException failure && failure.status() >= 500;
            throw new GatewayException(
                    down ? Code.METASTORE_UNAVAILABLE : Code.REQUEST_INVALID,
                    String.valueOf(e.getMessage()),
                    List.of(),
                    e);
        }
    }

    private static SqlSessionView view(String id, SqlSession session) {
        session.lock().lock();
        try {
            return new SqlSessionView(
                    id,
                    session.catalogs().getCurrentCatalog(),
                    session.catalogs().getCurrentDatabase());
        } finally {
            session.lock().unlock();
        }
    }

    /** The session of this id, used just now. */
    public SqlSession get(String id) {
        return used(id).session();
    }

    private OpenSession used(String id) {
        OpenSession session = open.get(id);
        if (session == null) {
            throw new GatewayException(
                    Code.SQL_SESSION_NOT_FOUND,
                    "SQL session " + id + " is not open: it was closed, unused for " + IDLE.toMinutes()
                            + " minutes, or the gateway was restarted.");
        }
        session.touch(clock.instant());
        return session;
    }

    public void close(String id) {
        OpenSession session = used(id);
        open.remove(id);
        session.close();
    }

    public SqlStatementView run(String sessionId, NewSqlStatement request) {
        OpenSession session = used(sessionId);
        Limits limits = Limits.of(request);
        List<Piece> pieces = Script.split(request.sql() == null ? "" : request.sql());
        if (pieces.size() != 1) {
            throw new GatewayException(Code.REQUEST_INVALID, "Send exactly one statement, not " + pieces.size() + ".");
        }
        SqlStatement statement = session.add(clock);
        String sentence = "Stopped after " + limits.time().toSeconds() + " s; ask for more time, or narrow the query.";
        statement.timer(timer.schedule(
                () -> statement.stopAtLimit(sentence), limits.time().toMillis(), TimeUnit.MILLISECONDS));
        try {
            runs.execute(new StatementRun(session.session(), statement, pieces.get(0), limits));
        } catch (RejectedExecutionException e) {
            session.forget(statement.id());
            throw e;
        }
        return statement.view();
    }

    public SqlStatementView statement(String sessionId, String statementId) {
        return used(sessionId).statement(statementId).view();
    }

    /** Some rows; waits for the first of them or the end of the statement. */
    public ResultPage page(
            String sessionId, String statementId, @Nullable String token, @Nullable Integer size, long waitMillis) {
        int rows = size == null ? USUAL_ROWS : Math.max(1, Math.min(size, MOST_ROWS));
        Duration wait = Duration.ofMillis(Math.max(0, Math.min(waitMillis, LONGEST_WAIT.toMillis())));
        OpenSession session = used(sessionId);
        SqlStatement statement = session.statement(statementId);
        return session.session().acting(() -> {
            statement.askAgain(); // grants may have been taken back since it began
            return statement.page(token, rows, wait);
        });
    }

    public void forget(String sessionId, String statementId) {
        used(sessionId).forget(statementId);
    }

    private void closeIdle() {
        Instant limit = clock.instant().minus(IDLE);
        open.forEach((id, session) -> {
            if (session.unusedSince(limit) && open.remove(id, session)) {
                session.close();
            }
        });
    }

    @Override
    public void close() {
        open.values().forEach(OpenSession::close);
        open.clear();
    }
}
