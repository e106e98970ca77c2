package io.millrace.server.catalog;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * The way to one PostgreSQL database, every step with a time limit. A few connections are kept, because planning one
 * script asks many times; each is tried before it is used again. The password is asked for with each new connection and
 * goes nowhere but there and into {@link #connectorOptions}.
 */
final class PostgresStore implements AutoCloseable {
    private static final int KEPT_CONNECTIONS = 3;
    private static final int TRY_SECONDS = 2;
    private static final int CONNECT_SECONDS = 5;
    private static final int SOCKET_SECONDS = 20;
    private static final String LIMITS = "-c statement_timeout=10000 -c lock_timeout=5000";

    private final Address address;
    private final Supplier<String> password;
    private final Jdbi jdbi = Jdbi.create(new Connections());
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(KEPT_CONNECTIONS);

    private volatile boolean closed;

    PostgresStore(Address address, Supplier<String> password) {
        this.address = address;
        this.password = password;
    }

    /** Reads; translates what goes wrong. */
    <T> T read(Work<T> work) {
        return translated(() -> jdbi.withHandle(work::in));
    }

    /** Changes in one transaction; translates what goes wrong. */
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

    /** What Flink's connector needs to reach the database. Secret. */
    Map<String, String> connectorOptions(String tableName) {
        String database =
                URLEncoder.encode(address.database(), StandardCharsets.UTF_8).replace("+", "%20");
        return Map.of(
                // Strings are sent without a type, so that they fit uuid, json, inet and enum columns too.
                "url",
                "jdbc:postgresql://" + urlHost() + ":" + address.port() + "/" + database
                        + "?stringtype=unspecified&ApplicationName=millrace"
                        + address.tls().parameters(),
                "table-name",
                tableName,
                "username",
                address.username(),
                "password",
                password.get());
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

    /** An IPv6 address stands in brackets. */
    private String urlHost() {
        return address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {urlHost()});
        source.setPortNumbers(new int[] {address.port()});
        source.setDatabaseName(address.database());
        source.setUser(address.username());
        source.setPassword(password.get());
        source.setSslMode(address.tls().mode);
        if (!address.tls().factory.isEmpty()) {
            source.setSslfactory(address.tls().factory);
        }
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setOptions(LIMITS);
        source.setApplicationName("millrace-catalog");
        return source;
    }

    private <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (ConnectionException e) {
            throw unavailable(e);
        } catch (JdbiException e) {
            Optional<SQLException> cause = sqlCause(e);
            if (cause.filter(PostgresStore::isOutage).isPresent()) {
                throw unavailable(e);
            }
            throw e;
        } catch (RefusedException e) {
            throw isOutage(e.reason()) ? unavailable(e) : e;
        }
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((SQLException) cause);
    }

    /** Connection lost, out of resources, shut down, or too slow. */
    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.equals("57014")
                        || state.equals("55P03"));
    }

    private MillraceException unavailable(Exception cause) {
        return new MillraceException(
                ErrorCode.STORE_UNAVAILABLE,
                "PostgreSQL at " + address.host() + ":" + address.port() + " (database " + address.database()
                        + ") does not answer.",
                cause);
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
            return source().getConnection();
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            if (closed || connection.isClosed() || !idle.offer(connection)) {
                connection.close();
            }
        }
    }

    /** Which database, as whom. */
    record Address(String host, int port, String database, String username, Tls tls) {}

    /** Whether the way is encrypted, and what is known of who is at its end. */
    enum Tls {
        DISABLE("disable", ""),
        PREFER("prefer", ""),
        REQUIRE("require", ""),
        /** The certificate must be of this host, and signed by somebody whom Java trusts. */
        VERIFY("verify-full", "org.postgresql.ssl.DefaultJavaSSLFactory");

        private final String mode;
        private final String factory;

        Tls(String mode, String factory) {
            this.mode = mode;
            this.factory = factory;
        }

        private String parameters() {
            return "&sslmode=" + mode + (factory.isEmpty() ? "" : "&sslfactory=" + factory);
        }
    }

    /** Something to do on a connection. */
    interface Work<T> {
        T in(Handle handle);
    }

    /** PostgreSQL understood a statement and refused it; the state says why. */
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
            return reason.getSQLState() == null ? "" : reason.getSQLState();
        }
    }
}
