package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;
import io.millrace.server.connection.PostgresProperties;
import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One PostgreSQL database. A database of the catalog is a schema; a table's key is PostgreSQL's own id of it: the same
 * across renames and never given again to a table that is created anew.
 */
final class PostgresRemote implements RemoteStore {
    /** So many at a time keep an answer short. */
    private static final int BATCH = 500;

    private final CatalogName catalog;
    private final PostgresServer server;
    private final JdbcStore store;

    PostgresRemote(CatalogName catalog, PostgresServer server) {
        this.catalog = catalog;
        this.server = server;
        this.store = new JdbcStore(catalog, server);
    }

    /** The database of a connection; connects to nothing yet. */
    static RemoteStore open(CatalogName catalog, OpenConnection open) {
        ConnectionFields fields = open.fields();
        var address = new PostgresServer.Address(
                fields.text("host"),
                fields.number("port"),
                fields.text("database"),
                fields.text("username"),
                PostgresProperties.of(fields));
        return new PostgresRemote(catalog, new PostgresServer(address, () -> open.secret("password"), open.reach()));
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("postgres", "Tables of a PostgreSQL database; a database here is a schema there.");
    }

    @Override
    public List<Database> databases() {
        return store.read(PostgresSchema::schemas).stream()
                .map(schema -> new Database(DatabasePath.of(catalog.value(), schema.getKey()), schema.getValue()))
                .toList();
    }

    @Override
    public void createDatabase(DatabasePath path, String comment) {
        String schema = PostgresDdl.quote(path.database().value());
        change(path, handle -> {
            JdbcStore.execute(handle, List.of("CREATE SCHEMA " + schema));
            if (!comment.isEmpty()) {
                JdbcStore.execute(handle, List.of("COMMENT ON SCHEMA " + schema + " IS " + PostgresDdl.text(comment)));
            }
            return path;
        });
    }

    @Override
    public void dropDatabase(DatabasePath path, boolean cascade) {
        if (databases().stream().noneMatch(each -> each.path().equals(path))) {
            throw CatalogFailures.noDatabase(path);
        }
        String schema = PostgresDdl.quote(path.database().value());
        String sql = "DROP SCHEMA " + schema + (cascade ? " CASCADE" : " RESTRICT");
        try {
            store.change(handle -> {
                JdbcStore.execute(handle, List.of(sql));
                return path;
            });
        } catch (JdbcStore.RefusedException e) {
            throw e.state().equals("2BP01") ? CatalogFailures.databaseNotEmpty(path) : refused(e, path);
        }
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        return store.read(handle -> {
            List<ListedTable> tables =
                    PostgresSchema.list(handle, database.database().value(), filter);
            if (tables.isEmpty()) {
                requireDatabase(handle, database);
            }
            return tables;
        });
    }

    @Override
    public List<Head> heads(DatabasePath database) {
        return store.read(handle -> relations(handle, database)).stream()
                .map(PostgresRemote::head)
                .toList();
    }

    @Override
    public Optional<Head> head(TablePath last, String key) {
        return store.read(handle -> PostgresSchema.relation(handle, Long.parseLong(key)))
                .filter(relation ->
                        relation.schema().equals(last.parent().database().value()))
                .map(PostgresRemote::head);
    }

    @Override
    public Optional<RemoteTable> find(TablePath path) {
        return store.read(handle -> find(handle, path));
    }

    @Override
    public void scan(DatabasePath database, Set<TableName> tables, Consumer<Scanned> each) {
        List<PostgresSchema.Relation> wanted = store.read(handle -> relations(handle, database)).stream()
                .filter(relation -> tables.contains(new TableName(relation.name())))
                .toList();
        for (int from = 0; from < wanted.size(); from += BATCH) {
            List<PostgresSchema.Relation> batch = wanted.subList(from, Math.min(from + BATCH, wanted.size()));
            List<Long> oids = batch.stream().map(PostgresSchema.Relation::oid).toList();
            Map<Long, PostgresSchema.Structure> structures =
                    store.read(handle -> PostgresSchema.structures(handle, oids));
            batch.forEach(relation -> each.accept(scanned(database, relation, structures.get(relation.oid()))));
        }
    }

    @Override
    public RemoteTable create(TablePath path, TableSpec spec) {
        spec.columns().stream().map(Column::name).forEach(PostgresDdl::quote);
        List<String> statements = PostgresDdl.create(path, spec);
        return change(path, handle -> {
            JdbcStore.execute(handle, statements);
            return find(handle, path).orElseThrow();
        });
    }

    @Override
    public RemoteTable alter(RemoteTable current, TableName newName, TableSpec next) {
        next.columns().stream().map(Column::name).forEach(PostgresDdl::quote);
        List<String> statements = PostgresDdl.alter(current, newName, next);
        TablePath newPath = current.path().parent().table(newName);
        return change(newPath, handle -> {
            JdbcStore.execute(handle, List.of("LOCK TABLE " + PostgresDdl.table(current.path())));
            if (find(handle, current.path()).filter(current::equals).isEmpty()) {
                throw CatalogFailures.stale(current.path());
            }
            JdbcStore.execute(handle, statements);
            return find(handle, newPath).orElseThrow();
        });
    }

    @Override
    public void drop(TablePath path) {
        PostgresSchema.Relation relation = store.read(handle -> PostgresSchema.relation(handle, path))
                .orElseThrow(() -> CatalogFailures.noTable(path));
        if (relation.view()) {
            throw CatalogFailures.unsupported(path + " is a view in PostgreSQL; drop it there.");
        }
        change(path, handle -> {
            JdbcStore.execute(handle, List.of("DROP TABLE " + PostgresDdl.table(path)));
            return path;
        });
    }

    @Override
    public boolean isAskedForOptions() {
        return false;
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        return server.connectorOptions(PostgresDdl.table(table.path()));
    }

    @Override
    public void close() {
        store.close();
    }

    private static Scanned scanned(
            DatabasePath database, PostgresSchema.Relation relation, PostgresSchema.Structure structure) {
        TablePath path = database.table(new TableName(relation.name()));
        try {
            RemoteTable table = PostgresSchema.table(path, relation, structure);
            return new Scanned(head(relation), Optional.of(table), Optional.empty());
        } catch (MillraceException e) {
            return new Scanned(head(relation), Optional.empty(), Optional.of(e));
        }
    }

    private static List<PostgresSchema.Relation> relations(Handle handle, DatabasePath database) {
        String schema = database.database().value();
        List<PostgresSchema.Relation> relations = PostgresSchema.relations(handle, schema);
        if (relations.isEmpty()) {
            requireDatabase(handle, database);
        }
        return relations;
    }

    private static void requireDatabase(Handle handle, DatabasePath path) {
        String schema = path.database().value();
        if (PostgresSchema.schemas(handle).stream()
                .noneMatch(each -> each.getKey().equals(schema))) {
            throw CatalogFailures.noDatabase(path);
        }
    }

    private static Head head(PostgresSchema.Relation relation) {
        return new Head(new TableName(relation.name()), relation.key(), relation.stamp(), relation.comment());
    }

    private static Optional<RemoteTable> find(Handle handle, TablePath path) {
        return PostgresSchema.relation(handle, path).map(found -> {
            PostgresSchema.Structure structure =
                    PostgresSchema.structures(handle, List.of(found.oid())).get(found.oid());
            return PostgresSchema.table(path, found, structure);
        });
    }

    private <T> T change(DatabasePath path, JdbcStore.Work<T> work) {
        try {
            return store.change(work);
        } catch (JdbcStore.RefusedException e) {
            throw refused(e, path);
        }
    }

    private <T> T change(TablePath path, JdbcStore.Work<T> work) {
        try {
            return store.change(work);
        } catch (JdbcStore.RefusedException e) {
            throw switch (e.state()) {
                case "42P07" -> CatalogFailures.tableExists(path);
                case "42P01" -> CatalogFailures.noTable(path);
                default -> refused(e, path.parent());
            };
        }
    }

    private static MillraceException refused(JdbcStore.RefusedException failure, DatabasePath path) {
        return switch (failure.state()) {
            case "3F000" -> CatalogFailures.noDatabase(path);
            case "42P06" -> CatalogFailures.databaseExists(path);
            case "42501" ->
                new MillraceException(
                        ErrorCode.ACCESS_DENIED,
                        "PostgreSQL does not allow this to the platform's user in " + path + ".");
            default ->
                CatalogFailures.unsupported(
                        "PostgreSQL refused: " + failure.reason().getMessage());
        };
    }
}
