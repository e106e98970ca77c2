package io.millrace.server.catalog;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.server.connection.OpenConnection;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.TestMariaDb;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Connections to the MariaDB of the tests, as the service of connections would give them. */
final class MysqlConnections {
    private MysqlConnections() {}

    static OpenConnection to(TestMariaDb server) {
        return to(server.port(), server.password());
    }

    static OpenConnection to(int port, String password) {
        return to(port, password, Reach.ANYWHERE);
    }

    static OpenConnection to(int port, String password, Reach reach) {
        Map<String, Object> fields =
                Map.of("host", "127.0.0.1", "port", (long) port, "username", "millrace", "tls", "disable");
        var connection = new Connection(
                new ConnectionId(UUID.nameUUIDFromBytes(new byte[] {1})),
                new ConnectionName("mysql_crm"),
                ConnectionKind.MYSQL,
                new ConnectionFields(fields),
                Map.of(),
                "",
                1,
                "local",
                Instant.EPOCH,
                Instant.EPOCH);
        return new OpenConnection(connection, field -> Optional.of(password), reach);
    }
}
