package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.server.connection.ConnectionUse;
import io.millrace.server.http.Caller;

import java.time.Clock;
import java.util.List;

/** The tables that are registered in the database or catalog that a connection is. */
final class ConnectionTables implements ConnectionUse {
    private static final int NAMED = 5;

    private final Metastore metastore;
    private final Clock clock;

    ConnectionTables(Metastore metastore, Clock clock) {
        this.metastore = metastore;
        this.clock = clock;
    }

    @Override
    public List<String> release(Connection connection) {
        List<DatabasePath> databases = databases(connection);
        List<String> tables = tables(databases);
        if (!tables.isEmpty()) {
            return tables;
        }
        for (DatabasePath database : databases) {
            Change change = new Change(
                    Change.Cause.DROPPED, "dropped with its connection", Origin.of(Caller.LOCAL), clock.instant());
            if (metastore.dropDatabase(database, false, change) == Metastore.Outcome.NOT_EMPTY) {
                return tables(List.of(database));
            }
        }
        return List.of();
    }

    private List<String> tables(List<DatabasePath> databases) {
        return databases.stream()
                .flatMap(database -> metastore.list(database, new TableFilter("", "", NAMED)).stream()
                        .map(table -> database.table(table.name()).toString()))
                .limit(NAMED)
                .toList();
    }

    /** A store that knows its own tables needs nothing of us. */
    private List<DatabasePath> databases(Connection connection) {
        String name = connection.name().value();
        if (connection.kind().shape() == ConnectionKind.Shape.DATABASE) {
            var catalog = new CatalogName(connection.kind().word());
            return List.of(new DatabasePath(catalog, new DatabaseName(name)));
        }
        return connection.kind() == ConnectionKind.FILESYSTEM
                ? metastore.databases(new CatalogName(name)).stream()
                        .map(Database::path)
                        .toList()
                : List.of();
    }
}
