package io.millrace.server.catalog;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.server.connection.ManagedConnections;
import io.millrace.server.connection.ManagedConnections.Managed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stores of the installation itself, as connections. */
final class OwnConnections {
    private OwnConnections() {}

    static ManagedConnections of(CatalogConfig config) {
        Map<String, Object> kafka = Map.of(
                "bootstrapServers",
                List.of(config.kafka().bootstrapServers().split(",")),
                "securityProtocol",
                "PLAINTEXT");
        CatalogConfig.Postgres postgres = config.postgres();
        Map<String, Object> database = Map.of(
                "host", postgres.host(),
                "port", postgres.port(),
                "database", postgres.database(),
                "username", postgres.username(),
                "tls", "prefer");
        Map<String, Object> warehouse = Map.of("root", config.warehouse().root().toString());
        return new ManagedConnections(List.of(
                new Managed(
                        connection("main", ConnectionKind.KAFKA, kafka, "The Kafka of this installation."),
                        field -> Optional.empty()),
                new Managed(
                        connection(
                                "postgres", ConnectionKind.POSTGRES, database, "The PostgreSQL of this installation."),
                        field -> Optional.of(postgres.password()).filter(password -> field.equals("password"))),
                new Managed(
                        connection("warehouse", ConnectionKind.FILESYSTEM, warehouse, "The warehouse."),
                        field -> Optional.empty())));
    }

    /** The settings have no history. */
    private static Connection connection(String name, ConnectionKind kind, Map<String, Object> fields, String comment) {
        var id = new ConnectionId(UUID.nameUUIDFromBytes(("managed/" + name).getBytes(StandardCharsets.UTF_8)));
        return new Connection(
                id,
                new ConnectionName(name),
                kind,
                new ConnectionFields(fields),
                Map.of(),
                comment,
                1,
                "settings",
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
