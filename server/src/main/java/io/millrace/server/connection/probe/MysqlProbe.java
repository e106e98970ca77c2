package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.server.connection.Certificates;
import io.millrace.server.connection.MysqlProperties;
import io.millrace.server.connection.probe.Sentences.ProbeException;
import org.mariadb.jdbc.Driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Signs in to a MySQL or MariaDB server and counts what it sees there. */
final class MysqlProbe implements StoreProbe {
    private static final String SOCKET_MILLIS = "6000";
    private static final String TABLES = """
            SELECT COUNT(*) FROM information_schema.TABLES
            WHERE TABLE_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
            """;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        PortProbe.reach(probed, stages, PortProbe.endpoints(probed.fields()));
        Connection[] open = new Connection[1];
        stages.run(Stages.AUTHENTICATE, () -> {
            open[0] = signedIn(probed);
            var server = open[0].getMetaData();
            return "The user may sign in; the server is " + server.getDatabaseProductName() + " "
                    + server.getDatabaseProductVersion() + ".";
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
        var properties = new Properties();
        properties.putAll(MysqlProperties.of(fields));
        properties.put("socketTimeout", SOCKET_MILLIS);
        properties.put("user", fields.text("username"));
        properties.put("password", probed.secret("password").orElse(""));
        try {
            return new Driver().connect("jdbc:mariadb://" + MysqlProperties.address(fields) + "/", properties);
        } catch (SQLException e) {
            throw new ProbeException(sentence(e, fields));
        }
    }

    private static String sentence(SQLException failure, ConnectionFields fields) {
        if (Certificates.refused(failure)) {
            return Sentences.certificate(failure, fields);
        }
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("28")) {
            return "The server does not let the user in; check username, password and tls: " + failure.getMessage();
        }
        return state.startsWith("08")
                ? "Somebody listens, but does not answer as MySQL would: " + failure.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
