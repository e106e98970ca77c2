package io.millrace.server.catalog;

import io.millrace.server.connection.Reach;
import org.postgresql.ds.PGSimpleDataSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    public String product() {
        return "PostgreSQL";
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
        String tls = address.tls().entrySet().stream()
                .map(property -> "&" + property.getKey() + "=" + encoded(property.getValue()))
                .sorted()
                .collect(Collectors.joining());
        return Map.of(
                // Strings are sent without a type, so that they fit uuid, json, inet and enum columns too.
                "url",
                "jdbc:postgresql://" + urlHost() + ":" + address.port() + "/" + encoded(address.database())
                        + "?stringtype=unspecified&ApplicationName=millrace"
                        + tls,
                "table-name",
                tableName,
                "username",
                address.username(),
                "password",
                password.get());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An IPv6 address stands in brackets. */
    private String urlHost() {
        return address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
    }

    private PGSimpleDataSource source() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {urlHost()});
        source.setPortNumbers(new int[] {address.port()});
        source.setDatabaseName(address.database());
        source.setUser(address.username());
        source.setPassword(password.get());
        // Our sockets see to it, so the driver must not.
        source.setSslMode("disable");
        source.setProperty("channelBinding", "disable");
        source.setConnectTimeout(CONNECT_SECONDS);
        // No login time-out: the driver would connect on another thread, away from the budget of this one.
        source.setSocketFactory(PostgresSockets.class.getName());
        source.setSocketFactoryArg(PostgresSockets.argument(
                address.tls().getOrDefault("sslmode", "prefer"), address.tls().getOrDefault("sslfactoryarg", "")));
        source.setOptions(LIMITS);
        source.setApplicationName("millrace-catalog");
        return source;
    }

    /**
     * Which database, as whom.
     *
     * @param tls the driver's properties that say how the way is encrypted
     */
    record Address(String host, int port, String database, String username, Map<String, String> tls) {
        Address {
            tls = Map.copyOf(tls);
        }
    }
}
