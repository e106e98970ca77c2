package io.millrace.server.catalog;

import io.millrace.server.connection.Reach;
import org.postgresql.ds.PGSimpleDataSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One PostgreSQL database. The password is asked for with each new connection and goes nowhere but there and into
 * {@link #connectorOptions}.
 */
final class PostgresServer implements JdbcStore.Server {
    private static final int CONNECT_SECONDS = 5;
    private static final String LIMITS = "-c statement_timeout=10000 -c lock_timeout=5000";

    private final Address address;
    private final Supplier<String> password;
    private final Reach reach;

    PostgresServer(Address address, Supplier<String> password, Reach reach) {
        this.address = address;
        this.password = password;
        this.reach = reach;
    }

    @Override
    public String name() {
        return "PostgreSQL at " + address.host() + ":" + address.port() + " (database " + address.database() + ")";
    }

    @Override
    public Connection connect() throws SQLException {
        reach.check();
        return source().getConnection();
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("53")
                        || state.startsWith("57P")
                        || state.equals("57014")
                        || state.equals("55P03"));
    }

    @Override
    public boolean isWrongUser(SQLException failure) {
        return failure.getSQLState() != null && failure.getSQLState().startsWith("28");
    }

    /** What Flink's connector needs to reach the database. Secret. */
    Map<String, String> connectorOptions(String tableName) {
        reach.check();
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
        // No login time-out: the driver would connect on another thread, away from the budget of this one.
        source.setSocketFactory(BoundedSockets.class.getName());
        source.setOptions(LIMITS);
        source.setApplicationName("millrace-catalog");
        return source;
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
}
