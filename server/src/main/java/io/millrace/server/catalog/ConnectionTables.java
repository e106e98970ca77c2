package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.server.connection.ConnectionUse;
import io.millrace.server.connection.OpenConnection;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables and functions that are registered in the database or catalog that a connection is. */
final class ConnectionTables implements ConnectionUse {
    private final Metastore metastore;
    private final FunctionStore functions;
    private final Affected affected;
    private final Supplier<String> author;
    private final Clock clock;

    /** {@code author} is who deletes a connection now. */
    ConnectionTables(
            Metastore metastore, FunctionStore functions, Affected affected, Supplier<String> author, Clock clock) {
        this.metastore = metastore;
        this.functions = functions;
        this.affected = affected;
        this.author = author;
        this.clock = clock;
    }

    @Override
    public Tables release(Connection connection) {
        List<DatabasePath> databases = registered(connection);
        Tables tables = Tables.of(names(databases));
        if (tables.all() > 0) {
            return tables;
        }
        for (DatabasePath database : databases) {
            Change change = new Change(
                    Change.Cause.DROPPED, "dropped with its connection", Origin.of(author.get()), clock.instant());
            if (metastore.dropDatabase(database, false, change) == Metastore.Outcome.NOT_EMPTY) {
                return Tables.of(names(List.of(database)));
            }
        }
        return Tables.of(List.of());
    }

    @Override
    public List<String> readers(Connection connection) {
        String name = connection.name().value();
        return connection.kind().shape() == ConnectionKind.Shape.DATABASE
                ? affected.byDrop(new CatalogName(connection.kind().word()), Optional.of(new DatabaseName(name)))
                : affected.byDrop(new CatalogName(name), Optional.empty());
    }

    @Override
    public Tables of(Connection connection) {
        return Tables.of(names(databases(connection)));
    }

    @Override
    public Tables excluded(OpenConnection current, OpenConnection next) {
        if (current.connection().kind() == ConnectionKind.KAFKA) {
            return otherTopics(current.connection(), next.connection());
        }
        Map<DatabasePath, Set<TableName>> known = new TreeMap<>(Comparator.comparing(DatabasePath::toString));
        for (DatabasePath database : databases(current.connection())) {
            known.put(database, paths(database).map(TablePath::table).collect(Collectors.toSet()));
        }
        return Tables.of(OutsideTables.between(current, next, known).stream()
                .map(TablePath::toString)
                .toList());
    }

    private Tables otherTopics(Connection current, Connection next) {
        List<String> before = current.fields().items(TopicRule.FIELD);
        List<String> after = next.fields().items(TopicRule.FIELD);
        if (after.isEmpty() || after.equals(before)) {
            return Tables.of(List.of());
        }
        var allowed = new TopicRule(current.name().value(), before);
        var allows = new TopicRule(next.name().value(), after);
        return Tables.of(databases(current).stream()
                .flatMap(this::paths)
                .filter(path -> metastore
                        .table(path)
                        .filter(table -> allowed.check(table.spec()).isEmpty()
                                && !allows.check(table.spec()).isEmpty())
                        .isPresent())
                .map(TablePath::toString)
                .toList());
    }

    private List<String> names(List<DatabasePath> databases) {
        return databases.stream()
                .flatMap(database -> Stream.concat(
                        paths(database).map(TablePath::toString),
                        functions.list(database, TableFilter.ALL).stream()
                                .map(function -> function.path().toString())))
                .toList();
    }

    private Stream<TablePath> paths(DatabasePath database) {
        return metastore.list(database, TableFilter.ALL).stream().map(table -> database.table(table.name()));
    }

    /** A store that knows its own tables needs nothing of us. */
    private List<DatabasePath> registered(Connection connection) {
        return RemoteKinds.of(connection.kind()).isPresent() ? List.of() : databases(connection);
    }

    private List<DatabasePath> databases(Connection connection) {
        String name = connection.name().value();
        if (connection.kind().shape() == ConnectionKind.Shape.DATABASE) {
            var catalog = new CatalogName(connection.kind().word());
            return List.of(new DatabasePath(catalog, new DatabaseName(name)));
        }
        return metastore.databases(new CatalogName(name)).stream()
                .map(Database::path)
                .toList();
    }
}
