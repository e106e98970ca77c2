package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;
import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A MySQL or MariaDB server: a database of the catalog is a database there, a view there is a table here. */
final class MysqlRemote implements RemoteStore {
    /** So many at a time keep an answer short and the store's list of names from being read too often. */
    private static final int BATCH = 500;

    /** Of more tables than these, MariaDB cannot compute the stamps in the time that a call has. */
    private static final int STAMPS = 5000;

    private final CatalogName name;
    private final MysqlServer server;
    private final JdbcStore store;
    private final int stamps;

    MysqlRemote(CatalogName name, OpenConnection connection) {
        this(name, connection, STAMPS);
    }

    /** {@code stamps} of tables are asked for at a time. */
    MysqlRemote(CatalogName name, OpenConnection connection, int stamps) {
        this.stamps = stamps;
        this.name = name;
        this.server = new MysqlServer(connection);
        this.store = new JdbcStore(name, server);
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("mysql", "Tables of a MySQL or MariaDB server; a database here is a database there.");
    }

    @Override
    public List<Database> databases() {
        return store.read(MysqlSchema::databases).stream()
                .map(each -> new Database(DatabasePath.of(name.value(), each.getKey()), each.getValue()))
                .toList();
    }

    @Override
    public void createDatabase(DatabasePath path, String comment) {
        String sql = "CREATE DATABASE " + MysqlDdl.database(path) + " CHARACTER SET utf8mb4";
        change(path, handle -> {
            if (!comment.isEmpty() && !MysqlSchema.isMariaDb(handle)) {
                throw CatalogFailures.unsupported("MySQL keeps no comment of a database. Leave it out.");
            }
            JdbcStore.execute(handle, List.of(comment.isEmpty() ? sql : sql + " COMMENT " + MysqlDdl.text(comment)));
            return path;
        });
    }

    @Override
    public void dropDatabase(DatabasePath path, boolean cascade) {
        String database = MysqlDdl.database(path);
        change(path, handle -> {
            requireDatabase(handle, path);
            // MySQL itself drops whatever is there.
            if (!cascade && MysqlSchema.isUsed(handle, path.database().value())) {
                throw CatalogFailures.databaseNotEmpty(path);
            }
            JdbcStore.execute(handle, List.of("DROP DATABASE " + database));
            return path;
        });
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        return store.read(handle -> {
            List<ListedTable> tables =
                    MysqlSchema.isSystem(database) ? List.of() : MysqlSchema.list(handle, database, filter);
            if (tables.isEmpty()) {
                requireDatabase(handle, database);
            }
            return tables;
        });
    }

    @Override
    public List<Head> heads(DatabasePath database) {
        List<String> names = store.read(handle -> {
            List<String> all = MysqlSchema.isSystem(database) ? List.of() : MysqlSchema.names(handle, database);
            if (all.isEmpty()) {
                requireDatabase(handle, database);
            }
            return all;
        });
        if (names.size() <= stamps) {
            return store.read(handle -> MysqlSchema.heads(handle, database));
        }
        List<Head> heads = new ArrayList<>();
        batches(names, stamps)
                .forEach(batch -> heads.addAll(store.read(handle -> MysqlSchema.heads(handle, database, batch))));
        return heads;
    }

    private static List<Set<String>> batches(List<String> sorted, int size) {
        List<Set<String>> batches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += size) {
            batches.add(Set.copyOf(sorted.subList(from, Math.min(from + size, sorted.size()))));
        }
        return batches;
    }

    /** The key is the name, so a table that has it has not moved. */
    @Override
    public Optional<Head> head(TablePath last, String key) {
        Set<String> name = Set.of(last.table().value());
        return store.read(handle -> MysqlSchema.heads(handle, last.parent(), name)).stream()
                .filter(head -> head.key().equals(key))
                .findFirst();
    }

    @Override
    public Optional<RemoteTable> find(TablePath path) {
        return store.read(handle -> find(handle, path));
    }

    @Override
    public void scan(DatabasePath database, Set<TableName> tables, Consumer<Scanned> each) {
        List<String> names = tables.stream().map(TableName::value).sorted().toList();
        for (Set<String> batch : batches(names, BATCH)) {
            store.read(handle -> scan(handle, database, batch)).forEach(each);
        }
    }

    @Override
    public RemoteTable create(TablePath path, TableSpec spec) {
        String sql = MysqlDdl.create(path, spec);
        return change(path, handle -> {
            JdbcStore.execute(handle, List.of(sql));
            return find(handle, path).orElseThrow(() -> CatalogFailures.noTable(path));
        });
    }

    @Override
    public RemoteTable alter(RemoteTable current, TableName newName, TableSpec next) {
        TablePath path = current.path();
        TablePath newPath = path.parent().table(newName);
        Optional<String> sql = MysqlDdl.alter(path, current.spec(), newName, next);
        return change(path, handle -> {
            // MySQL has no transaction for this; between these two statements is a gap of a round trip.
            if (find(handle, path).filter(current::equals).isEmpty()) {
                throw CatalogFailures.stale(path);
            }
            sql.ifPresent(text -> JdbcStore.execute(handle, List.of(text)));
            return find(handle, newPath).orElseThrow(() -> CatalogFailures.noTable(newPath));
        });
    }

    @Override
    public void drop(TablePath path) {
        String table = MysqlDdl.table(path);
        change(path, handle -> {
            MysqlSchema.Relation relation = relation(handle, path).orElseThrow(() -> CatalogFailures.noTable(path));
            if (relation.isView()) {
                throw CatalogFailures.unsupported(path + " is a view in MySQL; drop it there.");
            }
            JdbcStore.execute(handle, List.of("DROP TABLE " + table));
            return path;
        });
    }

    @Override
    public boolean isAskedForOptions() {
        return false;
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        return server.connectorOptions(MysqlDdl.table(table.path()));
    }

    @Override
    public void close() {
        store.close();
    }

    private static Optional<RemoteTable> find(Handle handle, TablePath path) {
        return relation(handle, path)
                .map(found -> new RemoteTable(path, MysqlDdl.table(path), MysqlSchema.spec(path, found)));
    }

    private static Optional<MysqlSchema.Relation> relation(Handle handle, TablePath path) {
        if (MysqlSchema.isSystem(path.parent())) {
            return Optional.empty();
        }
        String table = path.table().value();
        return Optional.ofNullable(
                MysqlSchema.relations(handle, path.parent(), Set.of(table)).get(table));
    }

    private static List<Scanned> scan(Handle handle, DatabasePath database, Set<String> names) {
        // Stamps first: what changes in between is read again next time.
        List<Head> heads = MysqlSchema.heads(handle, database, names);
        Map<String, MysqlSchema.Relation> relations = MysqlSchema.relations(handle, database, names);
        return heads.stream()
                .filter(head -> relations.containsKey(head.name().value()))
                .map(head -> scanned(head, database, relations.get(head.name().value())))
                .toList();
    }

    private static Scanned scanned(Head head, DatabasePath database, MysqlSchema.Relation relation) {
        try {
            TablePath path = database.table(head.name());
            RemoteTable table = new RemoteTable(path, head.key(), MysqlSchema.spec(path, relation));
            return new Scanned(head, Optional.of(table), Optional.empty());
        } catch (MillraceException e) {
            return new Scanned(head, Optional.empty(), Optional.of(e));
        }
    }

    private static void requireDatabase(Handle handle, DatabasePath path) {
        boolean known = MysqlSchema.databases(handle).stream()
                .anyMatch(each -> each.getKey().equals(path.database().value()));
        if (!known) {
            throw CatalogFailures.noDatabase(path);
        }
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
            throw switch (e.reason().getErrorCode()) {
                case 1050 -> CatalogFailures.tableExists(path);
                case 1051, 1146 -> CatalogFailures.noTable(path);
                default -> refused(e, path.parent());
            };
        }
    }

    private static MillraceException refused(JdbcStore.RefusedException failure, DatabasePath path) {
        return switch (failure.reason().getErrorCode()) {
            case 1008, 1049 -> CatalogFailures.noDatabase(path);
            case 1007 -> CatalogFailures.databaseExists(path);
            case 1044, 1142, 1143, 1227, 1370 ->
                new MillraceException(
                        ErrorCode.ACCESS_DENIED, "MySQL does not allow this to the platform's user in " + path + ".");
            default ->
                CatalogFailures.unsupported("MySQL refused: " + failure.reason().getMessage());
        };
    }
}
