package io.millrace.server.catalog;

import static java.util.Map.entry;

import io.millrace.server.connection.OpenConnection;
import org.mariadb.jdbc.Driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A MySQL or MariaDB server. MariaDB's driver speaks to both. What it does is fixed here: it sends no files, runs one
 * statement at a time, follows no server to another one, and says the password to none that wants it in clear text.
 */
final class MysqlServer implements JdbcStore.Server {
    private static final Map<String, String> ALWAYS = Map.ofEntries(
            entry("allowLocalInfile", "false"),
            entry("allowMultiQueries", "false"),
            entry("permitRedirect", "false"),
            entry("allowPublicKeyRetrieval", "false"),
            entry("restrictedAuth", "mysql_native_password,client_ed25519,caching_sha2_password,parsec"),
            entry("dumpQueriesOnException", "false"),
            entry("connectTimeout", "5000"),
            entry("tcpKeepAlive", "true"),
            // How values arrive in Java; the catalog's types rest on it.
            entry("tinyInt1isBit", "true"),
            entry("transformedBitIsBoolean", "true"),
            entry("yearIsDateType", "false"),
            entry("uuidAsString", "true"));

    /** Time is UTC everywhere in Flink's processes, so that TIMESTAMP columns are too. */
    private static final String UTC = "time_zone='+00:00'";

    private static final Map<String, String> TLS =
            Map.of("disable", "disable", "require", "trust", "verify", "verify-full");

    /** Too many connections, shutting down, too slow, waited too long for a lock. */
    private static final Set<Integer> OUTAGES = Set.of(1040, 1053, 1203, 1205, 1226, 1317, 1927, 1969, 3024);

    /** Not this user, not this password, not from this host, not in this way. */
    private static final Set<Integer> WRONG_USER = Set.of(1045, 1130, 1131, 1698, 1820, 1862, 2061, 4151);

    private final OpenConnection connection;

    MysqlServer(OpenConnection connection) {
        this.connection = connection;
    }

    @Override
    public String name() {
        return "MySQL at " + address();
    }

    @Override
    public Connection connect() throws SQLException {
        connection.checkHosts();
        Properties properties = new Properties();
        properties.putAll(options());
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
        Map<String, String> options = options();
        options.put("permitMysqlScheme", "true");
        options.put("socketTimeout", "300000");
        options.put("sessionVariables", UTC);
        String text = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .sorted()
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

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(ALWAYS);
        options.put("sslMode", TLS.get(connection.fields().text("tls")));
        return options;
    }

    private String address() {
        String host = connection.fields().text("host");
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return bracketed + ":" + connection.fields().number("port");
    }
}
