package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.server.connection.PostgresProperties;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.TestPostgres;

/** Databases of the tests as stores of a catalog. */
final class PostgresConnections {
    private PostgresConnections() {}

    static PostgresRemote to(CatalogName catalog, TestPostgres.Database database) {
        return to(catalog, database, database.port());
    }

    /** As if the database were at another port, where somebody else may listen, or nobody. */
    static PostgresRemote to(CatalogName catalog, TestPostgres.Database database, int port) {
        var address = new PostgresServer.Address(
                "127.0.0.1", port, database.name(), database.username(), PostgresProperties.preferred());
        return new PostgresRemote(catalog, new PostgresServer(address, database::password, Reach.ANYWHERE));
    }
}
