package io.millrace.server.catalog;

import io.millrace.server.connection.MysqlProperties;
import io.millrace.server.connection.OpenConnection;
import io.millrace.server.connection.Reach;
import org.mariadb.jdbc.Driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** A MySQL or MariaDB server, through MariaDB's driver, which speaks to both. */
final class MysqlServer implements JdbcStore.Server {
    /** Time is UTC everywhere in Flink's processes, so that TIMESTAMP columns are too. */
    private static final String UTC = "time_zone='+00:00'";

    /** Too many connections, shutting down, too slow, waited too long for a lock. */
    private static final Set<Integer> OUTAGES = Set.of(1040, 1053, 1203, 1205, 1226, 1317, 1927, 1969, 3024);

    /** Not this user, not this password, not from this host, not in this way. */
    private static final Set<Integer> WRONG_USER = Set.of(1045, 1130, 1131, 1698, 1820, 1862, 2061, 4151);

    private final OpenConnection connection;

    MysqlServer(OpenConnection connection) {
        this.connection = connection;
    }

    @Override
    public String product() {
        return "MySQL";
    }

    @Override
    public Connection connect() throws SQLException {
        connection.checkReach();
        Properties properties = new Properties();
        properties.putAll(MysqlProperties.of(connection.fields()));
        properties.put("socketFactory", BoundedSockets.class.getName());
        // Quotes are doubled, never escaped; what MySQL cannot store as it was given is an error.
        properties.put(
                "sessionVariables",
                UTC + ",lock_wait_timeout=5,sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_BACKSLASH_ESCAPES'");
        properties.put("user", connection.fields().text("username"));
        properties.put("password", connection.secret("password"));
        Connection opened = new Driver().connect("jdbc:mariadb://" + address() + "/", properties);
        if (opened == null) {
            throw new SQLException("the driver does not take the address " + address(), "08001");
        }
        return opened;
    }

    @Override
    public Reach reach() {
        return connection.reach();
    }

    @Override
    public boolean isOutage(SQLException failure) {
        return OUTAGES.contains(failure.getErrorCode());
    }

    @Override
    public boolean isWrongUser(SQLException failure) {
        return WRONG_USER.contains(failure.getErrorCode()) || "28000".equals(failure.getSQLState());
    }

    /**
     * What Flink's connector needs to reach the server. Secret. The database is part of the quoted table, so that no name
     * gets into the address; the scheme is the one by which the connector finds its dialect.
     */
    Map<String, String> connectorOptions(String quotedTable) {
        Map<String, String> options = MysqlProperties.of(connection.fields());
        options.put("permitMysqlScheme", "true");
        // The connector would switch it on, and the driver then breaks INSERT … ON DUPLICATE KEY UPDATE.
        options.put("rewriteBatchedStatements", "false");
        options.put("socketTimeout", "300000");
        options.put("sessionVariables", UTC);
        String text = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&"));
        return Map.of(
                "url",
                "jdbc:mysql://" + address() + "/?" + text,
                "driver",
                Driver.class.getName(),
                // The connector puts a backtick on either side.
                "table-name",
                quotedTable.substring(1, quotedTable.length() - 1),
                "username",
                connection.fields().text("username"),
                "password",
                connection.secret("password"));
    }

    private String address() {
        return MysqlProperties.address(connection.fields());
    }
}
