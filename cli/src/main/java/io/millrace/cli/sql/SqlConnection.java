package io.millrace.cli.sql;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SqlClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.sql.NewSqlSession;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The one session of a command, opened when it is first needed. It is closed at the end, also when the process is told
 * to end: a session that is left open keeps its queries running.
 */
final class SqlConnection implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final MillraceClient client;
    private final NewSqlSession wanted;
    private @Nullable String session;
    private @Nullable Thread hook;

    SqlConnection(MillraceClient client, NewSqlSession wanted) {
        this.client = client;
        this.wanted = wanted;
    }

    SqlClient sql() {
        return client.sql();
    }

    synchronized String session() {
        if (session == null) {
            session = client.sql().open(wanted).id();
            if (hook == null) {
                hook = new Thread(this::end, "close-sql-session");
                Runtime.getRuntime().addShutdownHook(hook);
            }
        }
        return session;
    }

    /** The server does not know the session any more; the next call opens a new one. */
    synchronized void forget() {
        session = null;
    }

    @Override
    public synchronized void close() {
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // The process is ending: the hook closes the session.
            }
            hook = null;
        }
        end();
    }

    private synchronized void end() {
        if (session != null) {
            try {
                client.withTimeout(FAREWELL).sql().close(session);
            } catch (ApiException | UnreachableException e) {
                // Idle sessions end by themselves.
            }
            session = null;
        }
    }
}
