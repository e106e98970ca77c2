package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.server.connection.OpenConnection;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How the schema-aware store behind a connection is opened: one line per kind. */
final class RemoteKinds {
    private static final Map<ConnectionKind, RemoteKind> ALL = Map.of(
            ConnectionKind.POSTGRES, new RemoteKind(PostgresRemote::open, () -> ConnectorFiles.read("jdbc")),
            ConnectionKind.MYSQL, new RemoteKind(MysqlRemote::new, () -> ConnectorFiles.read("mysql")),
            ConnectionKind.ICEBERG, new RemoteKind(IcebergRemote::open, () -> ConnectorFiles.read("iceberg")),
            ConnectionKind.HIVE, new RemoteKind(HiveRemote::open, () -> ConnectorFiles.read("hive")));

    private RemoteKinds() {}

    /** Empty if connections of this kind are no catalogs of their own with a structure that the store knows. */
    static Optional<RemoteKind> of(ConnectionKind kind) {
        return Optional.ofNullable(ALL.get(kind));
    }

    /**
     * What a kind brings along.
     *
     * @param connectors which options its tables have
     */
    record RemoteKind(Opener opener, Supplier<Connectors> connectors) {}

    /** Makes the store of one connection. Called once for each version of it; connects to nothing yet. */
    @FunctionalInterface
    interface Opener {
        RemoteStore open(CatalogName catalog, OpenConnection connection);
    }
}
