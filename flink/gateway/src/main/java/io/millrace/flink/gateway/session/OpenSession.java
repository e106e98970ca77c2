package io.millrace.flink.gateway.session;

import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session in the list, with its statements: some run, a few that ended keep their rows. */
final class OpenSession {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSession.class);
    private static final int MOST_RUNNING = 8;
    private static final int MOST_ENDED = 16;

    private final SqlSession session;
    private final Map<String, SqlStatement> statements = new LinkedHashMap<>();

    /** Nobody asks for them any more, but they may still be ending. */
    private final List<SqlStatement> forgotten = new ArrayList<>();

    private Instant lastUsed;
    private long count;

    OpenSession(SqlSession session, Instant now) {
        this.session = session;
        this.lastUsed = now;
    }

    SqlSession session() {
        return session;
    }

    synchronized void touch(Instant now) {
        lastUsed = now;
    }

    /** A running statement is use. */
    synchronized boolean unusedSince(Instant limit) {
        return lastUsed.isBefore(limit) && statements.values().stream().allMatch(SqlStatement::hasEnded);
    }

    synchronized SqlStatement add(Clock clock) {
        List<SqlStatement> ended =
                statements.values().stream().filter(SqlStatement::hasEnded).toList();
        if (statements.size() - ended.size() >= MOST_RUNNING) {
            throw new GatewayException(
                    Code.SQL_LIMIT_REACHED,
                    MOST_RUNNING + " statements run in this session already; cancel one or wait for its end.");
        }
        for (int i = 0; i <= ended.size() - MOST_ENDED; i++) {
            statements.remove(ended.get(i).id());
        }
        SqlStatement statement = new SqlStatement("s" + ++count, clock);
        statements.put(statement.id(), statement);
        return statement;
    }

    synchronized SqlStatement statement(String id) {
        SqlStatement statement = statements.get(id);
        if (statement == null) {
            throw new GatewayException(
                    Code.SQL_STATEMENT_NOT_FOUND, "This session has no statement " + id + ", or has it no more.");
        }
        return statement;
    }

    void forget(String id) {
        SqlStatement statement = statement(id);
        statement.cancel();
        synchronized (this) {
            statements.remove(id);
            forgotten.removeIf(SqlStatement::hasEnded);
            forgotten.add(statement);
        }
    }

    /** Cancels what runs, waits a little for it, and gives Flink's resources back. */
    void close() {
        List<SqlStatement> all;
        synchronized (this) {
            all = new ArrayList<>(statements.values());
            all.addAll(forgotten);
            statements.clear();
        }
        all.forEach(SqlStatement::cancel);
        try {
            for (SqlStatement statement : all) {
                if (!statement.awaitEnd(Duration.ofSeconds(5))) {
                    LOG.warn("statement {} does not end; its session is closed nevertheless", statement.id());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
