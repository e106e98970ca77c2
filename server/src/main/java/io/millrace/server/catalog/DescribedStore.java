package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of store whose tables can be described but not used yet: a database is a connection. */
final class DescribedStore implements Store {
    private final ConnectionKind kind;
    private final List<Connection> connections;

    DescribedStore(ConnectionKind kind, List<Connection> connections) {
        this.kind = kind;
        this.connections = List.copyOf(connections);
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About(kind.word(), "Tables are described here; reading and writing them comes later.");
    }

    @Override
    public List<Database> fixedDatabases(CatalogName catalog) {
        return connections.stream()
                .map(each -> new Database(
                        new DatabasePath(catalog, new DatabaseName(each.name().value())), each.comment()))
                .toList();
    }

    @Override
    public boolean hasOnlyFixedDatabases() {
        return true;
    }

    @Override
    public void refuseDatabase(DatabasePath path) {
        throw CatalogFailures.unsupported("A database of catalog '" + path.catalog()
                + "' is a connection, and connections are not created in SQL. Create one with `millrace catalog"
                + " connections create`.");
    }

    @Override
    public void refuseName(TablePath path) {
        // Any name: what is meant in the store is an option.
    }

    @Override
    public Optional<String> location(TablePath path, String id) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        throw new MillraceException(
                ErrorCode.CONNECTION_UNSUPPORTED,
                "Table '" + table.path() + "' is described only: the connector for " + kind.word()
                        + " is not part of this version of Millrace, so it can be neither read nor written.");
    }
}
