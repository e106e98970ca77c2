package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Certificates;
import io.millrace.server.connection.Reach;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * The way to one database server. Each call has a time and an amount of data; what goes wrong is translated. A few
 * connections are kept, because planning one script asks many times; each is tried before it is used again.
 */
final class JdbcStore implements AutoCloseable {
    /** Everything, from connecting on; a store that needs longer counts as one that does not answer. */
    private static final Duration TIME = Duration.ofSeconds(8);

    private static final long BYTES = 32L << 20;
    private static final int KEPT_CONNECTIONS = 3;
    private static final int TRY_SECONDS = 2;

    private final CatalogName catalog;
    private final Server server;
    private final Jdbi jdbi = Jdbi.create(new Connections());
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(KEPT_CONNECTIONS);

    private volatile boolean closed;

    /** {@code catalog} is what sentences call it by: users of tables need not know where the server is. */
    JdbcStore(CatalogName catalog, Server server) {
        this.catalog = catalog;
        this.server = server;
    }

    /** Reads; translates what goes wrong. */
    <T> T read(Work<T> work) {
        return translated(() -> jdbi.withHandle(work::in));
    }

    /** Changes, in one transaction as far as the server has those; translates what goes wrong. */
    <T> T change(Work<T> work) {
        return translated(() -> jdbi.inTransaction(work::in));
    }

    /** Runs statements as they are: JDBI would take colons in quoted names for parameters. */
    static void execute(Handle handle, List<String> statements) {
        for (String sql : statements) {
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new RefusedException(e);
            }
        }
    }

    /** Closes the connections that are kept, and keeps no others; calls that are under way go on. */
    @Override
    public void close() {
        closed = true;
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            try {
                kept.close();
            } catch (SQLException e) {
                throw new RefusedException(e);
            }
        }
    }

    private <T> T translated(Supplier<T> call) {
        try {
            return BoundedSockets.within(TIME, BYTES, server.reach(), call::get);
        } catch (ConnectionException e) {
            throw unavailable(e);
        } catch (JdbiException e) {
            SQLException cause = sqlCause(e).orElseThrow(() -> e);
            throw isOutage(cause) ? unavailable(e) : new RefusedException(cause);
        } catch (RefusedException e) {
            throw isOutage(e.reason()) ? unavailable(e) : e;
        }
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((SQLException) cause);
    }

    /** Connection lost, or what the server says of its own state. */
    private boolean isOutage(SQLException failure) {
        return state(failure).startsWith("08") || server.isOutage(failure);
    }

    private MillraceException unavailable(Exception failure) {
        Optional<MillraceException> refusal = BoundedSockets.refusal(failure);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean known = sqlCause(failure).filter(server::isWrongUser).isPresent();
        String what = known
                ? " does not let the platform's user in."
                : Certificates.refused(failure)
                        ? " shows a certificate that is not accepted; check the connection's 'tls', 'caCertificate' and 'host', and"
                                + " try it to see why."
                        : " does not answer.";
        return new MillraceException(
                ErrorCode.STORE_UNAVAILABLE,
                "The " + server.product() + " server of catalog '" + catalog + "'" + what,
                failure);
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    /** What differs from product to product. */
    interface Server {
        /** For sentences, such as {@code PostgreSQL}. */
        String product();

        /** Connects, through {@link BoundedSockets}. */
        Connection connect() throws SQLException;

        /** Where that may lead. */
        Reach reach();

        /** Out of resources, shut down, or too slow. */
        boolean isOutage(SQLException failure);

        /** User or password is wrong, or the user may not connect from here. */
        boolean isWrongUser(SQLException failure);
    }

    /** Something to do on a connection. */
    interface Work<T> {
        T in(Handle handle);
    }

    /** The server understood a statement and refused it; state and code say why. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException reason;

        RefusedException(SQLException reason) {
            super(reason.getMessage(), reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }

        String state() {
            return JdbcStore.state(reason);
        }
    }

    /** Opens connections and keeps some of them for the next call. */
    private final class Connections implements ConnectionFactory {
        @Override
        public Connection openConnection() throws SQLException {
            Connection kept = idle.poll();
            while (kept != null) {
                if (kept.isValid(TRY_SECONDS)) {
                    return kept;
                }
                kept.close();
                kept = idle.poll();
            }
            try {
                return server.connect();
            } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
                throw new SQLException("what is there is no " + server.product(), "08P01", e);
            }
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            if (closed || connection.isClosed() || !idle.offer(connection)) {
                connection.close();
            }
        }
    }
}
