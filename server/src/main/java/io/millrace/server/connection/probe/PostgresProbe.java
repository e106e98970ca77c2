package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.server.connection.Certificates;
import io.millrace.server.connection.PostgresProperties;
import io.millrace.server.connection.probe.Sentences.ProbeException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Signs in to a database and counts what it sees there. */
final class PostgresProbe implements StoreProbe {
    private static final String SECONDS = "6";
    private static final String TABLES = """
            SELECT count(*) FROM information_schema.tables
            WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
            """;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        PortProbe.reach(probed, stages, PortProbe.endpoints(probed.fields()));
        Connection[] open = new Connection[1];
        stages.run(Stages.AUTHENTICATE, () -> {
            open[0] = signedIn(probed);
            return "The user may sign in; the server is PostgreSQL "
                    + open[0].getMetaData().getDatabaseProductVersion() + ".";
        });
        stages.run(Stages.LIST, () -> {
            try (Connection connection = open[0];
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery(TABLES)) {
                count.next();
                return "The user sees " + count.getLong(1) + " tables.";
            }
        });
    }

    private static Connection signedIn(Probed probed) throws SQLException, ProbeException {
        ConnectionFields fields = probed.fields();
        String host = fields.text("host");
        String database = URLEncoder.encode(fields.text("database"), StandardCharsets.UTF_8)
                .replace("+", "%20");
        String url = "jdbc:postgresql://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":"
                + fields.number("port") + "/" + database;
        var properties = new Properties();
        properties.setProperty("user", fields.text("username"));
        properties.setProperty("password", probed.secret("password").orElse(""));
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        properties.putAll(PostgresProperties.of(fields));
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw new ProbeException(sentence(e, fields));
        }
    }

    private static String sentence(SQLException failure, ConnectionFields fields) {
        if (Certificates.refused(failure)) {
            return Sentences.certificate(failure, fields);
        }
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case "28P01", "28000" ->
                "The server does not let the user in; check username, password and tls: " + failure.getMessage();
            case "3D000" -> "The server has no database '" + fields.text("database") + "'.";
            case "08001", "08006", "08004" ->
                "Somebody listens, but does not answer as PostgreSQL would: " + failure.getMessage();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
