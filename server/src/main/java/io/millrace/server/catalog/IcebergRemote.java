package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tables of an Iceberg catalog. A database is a namespace of one level; partition transforms, which Flink has no
 * words for, are shown at the end of the table's comment.
 */
final class IcebergRemote implements RemoteStore {
    /** A table can be told from others only when it is loaded. */
    private static final int MOST_LOADED = 200;

    private final CatalogName name;
    private final IcebergStore store;

    IcebergRemote(CatalogName name, IcebergStore store) {
        this.name = name;
        this.store = store;
    }

    static RemoteStore open(CatalogName name, OpenConnection connection) {
        ConnectionFields fields = connection.fields();
        IcebergStore.Address address = fields.text("catalogType").equals("rest")
                ? IcebergStore.Address.rest(
                        fields.text("uri"), fields.optionalText("warehouse"), fields.optionalText("files"))
                : IcebergStore.Address.hadoop(fields.text("root"));
        return new IcebergRemote(
                name,
                new IcebergStore(name, address, () -> connection.optionalSecret("token"), connection::checkReach));
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("iceberg", "Tables of an Iceberg catalog; a database here is a namespace there.");
    }

    @Override
    public List<Database> databases() {
        return store.namespaces(catalog -> catalog.listNamespaces().stream()
                .filter(namespace -> namespace.levels().length == 1)
                .map(namespace -> new Database(
                        DatabasePath.of(name.value(), namespace.level(0)),
                        comment(catalog.loadNamespaceMetadata(namespace))))
                .sorted(Comparator.comparing(Database::name))
                .toList());
    }

    @Override
    public void createDatabase(DatabasePath path, String comment) {
        refuseName(path.database().value());
        // Iceberg asks it for null, which the maps of Map.of do not like.
        Map<String, String> properties = new HashMap<>();
        if (!comment.isEmpty() && store.canRename()) {
            properties.put(IcebergTables.COMMENT, comment);
        }
        try {
            store.namespaces(catalog -> {
                catalog.createNamespace(namespace(path), properties);
                return path;
            });
        } catch (AlreadyExistsException e) {
            throw CatalogFailures.databaseExists(path);
        }
    }

    @Override
    public void dropDatabase(DatabasePath path, boolean cascade) {
        try {
            if (cascade) {
                names(path).forEach(table -> drop(path.table(table)));
            }
            boolean dropped = store.namespaces(catalog -> catalog.dropNamespace(namespace(path)));
            if (!dropped) {
                throw CatalogFailures.noDatabase(path);
            }
        } catch (NamespaceNotEmptyException e) {
            throw CatalogFailures.databaseNotEmpty(path);
        } catch (NoSuchNamespaceException e) {
            throw CatalogFailures.noDatabase(path);
        }
    }

    /** Comments would mean to load every table. */
    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        return names(database).stream()
                .filter(filter::takes)
                .limit(filter.limit())
                .map(table -> new ListedTable(table, false, ""))
                .toList();
    }

    @Override
    public List<Head> heads(DatabasePath database) {
        return names(database).stream()
                .map(table -> head(database.table(table)))
                .toList();
    }

    @Override
    public Optional<Head> head(TablePath last, String key) {
        List<TableName> names = names(last.parent());
        return names.size() > MOST_LOADED
                ? Optional.empty()
                : names.stream()
                        .map(table -> head(last.parent().table(table)))
                        .filter(head -> head.key().equals(key))
                        .findFirst();
    }

    @Override
    public Optional<RemoteTable> find(TablePath path) {
        return load(path).map(table -> remote(path, table));
    }

    @Override
    public void scan(DatabasePath database, Set<TableName> tables, Consumer<Scanned> each) {
        for (TableName table : tables) {
            TablePath path = database.table(table);
            load(path).ifPresent(found -> each.accept(scanned(path, found)));
        }
    }

    @Override
    public RemoteTable create(TablePath path, TableSpec spec) {
        refuseName(path.table().value());
        Schema schema = IcebergTables.schema(path, spec);
        try {
            Table table = store.use(catalog -> {
                refuseMissing(catalog, path.parent());
                return catalog.createTable(
                        identifier(path),
                        schema,
                        IcebergTables.partitioning(schema, spec.partitionKeys()),
                        IcebergTables.properties(spec));
            });
            return remote(path, table);
        } catch (AlreadyExistsException e) {
            throw CatalogFailures.tableExists(path);
        } catch (IllegalArgumentException | ValidationException e) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Iceberg refuses table " + path + ": " + e.getMessage() + ".",
                    List.of(Flaw.at("/columns", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public RemoteTable alter(RemoteTable current, TableName newName, TableSpec next) {
        TablePath path = current.path();
        TablePath newPath = path.parent().table(newName);
        if (!path.equals(newPath) && !store.canRename()) {
            throw CatalogFailures.unsupported(
                    "Table " + path
                            + " is a folder of a Hadoop catalog, which cannot be renamed. Create a new table and copy the rows.");
        }
        Table table = load(path).orElseThrow(() -> CatalogFailures.noTable(path));
        if (!remote(path, table).equals(current)) {
            throw CatalogFailures.stale(path);
        }
        try {
            return store.use(catalog -> {
                new IcebergChanges(path, table, current.spec(), next).commit();
                if (!path.equals(newPath)) {
                    refuseName(newName.value());
                    catalog.renameTable(identifier(path), identifier(newPath));
                }
                return remote(newPath, catalog.loadTable(identifier(newPath)));
            });
        } catch (CommitFailedException e) {
            throw CatalogFailures.stale(path);
        } catch (AlreadyExistsException e) {
            throw CatalogFailures.tableExists(newPath);
        }
    }

    /** The data goes too: Iceberg's own files belong to nobody else. */
    @Override
    public void drop(TablePath path) {
        boolean dropped = store.use(catalog -> catalog.dropTable(identifier(path), true));
        if (!dropped) {
            throw CatalogFailures.noTable(path);
        }
    }

    @Override
    public boolean keeps(String option) {
        return IcebergTables.OPTIONS.contains(option);
    }

    @Override
    public boolean isAskedForOptions() {
        return true;
    }

    @Override
    public Map<String, String> platformOptions(io.millrace.core.catalog.Table table) {
        Map<String, String> options = store.connectorOptions();
        options.put("catalog-name", name.value());
        options.put("catalog-database", table.path().parent().database().value());
        options.put("catalog-table", table.path().table().value());
        return options;
    }

    @Override
    public void close() {
        store.close();
    }

    private Optional<Table> load(TablePath path) {
        if (isNested(path.parent().database().value()) || isNested(path.table().value())) {
            return Optional.empty();
        }
        try {
            return Optional.of(store.use(catalog -> catalog.loadTable(identifier(path))));
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return Optional.empty();
        }
    }

    private List<TableName> names(DatabasePath database) {
        try {
            return store.use(catalog -> {
                refuseMissing(catalog, database);
                return catalog.listTables(namespace(database)).stream()
                        .map(TableIdentifier::name)
                        .filter(TableName::isName)
                        .map(TableName::new)
                        .sorted()
                        .toList();
            });
        } catch (NoSuchNamespaceException e) {
            throw CatalogFailures.noDatabase(database);
        }
    }

    /** A table that cannot be loaded is listed all the same. */
    private Head head(TablePath path) {
        TableName table = path.table();
        try {
            return load(path).map(found -> head(table, found)).orElseGet(() -> new Head(table, table.value(), "", ""));
        } catch (NotFoundException | ValidationException e) {
            return new Head(table, table.value(), "", "");
        }
    }

    private static Head head(TableName name, Table table) {
        String comment = table.properties().getOrDefault(IcebergTables.COMMENT, "");
        return new Head(name, IcebergTables.key(table), IcebergTables.stamp(table), comment);
    }

    private Scanned scanned(TablePath path, Table table) {
        Head head = head(path.table(), table);
        try {
            return new Scanned(head, Optional.of(remote(path, table)), Optional.empty());
        } catch (MillraceException e) {
            return new Scanned(head, Optional.empty(), Optional.of(e));
        }
    }

    private RemoteTable remote(TablePath path, Table table) {
        store.check(path, table);
        return new RemoteTable(
                path, IcebergTables.key(table), IcebergTables.spec(path, table), IcebergTables.columnKeys(table));
    }

    private static void refuseMissing(org.apache.iceberg.catalog.Catalog catalog, DatabasePath database) {
        DatabaseName wanted = database.database();
        if (isNested(wanted.value()) || !((SupportsNamespaces) catalog).namespaceExists(namespace(database))) {
            throw CatalogFailures.noDatabase(database);
        }
    }

    /** A dot separates levels of namespaces, and a folder of a Hadoop catalog has no slashes. */
    private static boolean isNested(String name) {
        return name.indexOf('.') >= 0 || name.indexOf('/') >= 0;
    }

    private static void refuseName(String name) {
        if (isNested(name)) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "A name in an Iceberg catalog holds neither '.' nor '/': '" + name + "'.",
                    List.of(Flaw.at("/name", "holds '.' or '/'")));
        }
    }

    private static Namespace namespace(DatabasePath path) {
        return Namespace.of(path.database().value());
    }

    private static TableIdentifier identifier(TablePath path) {
        return TableIdentifier.of(namespace(path.parent()), path.table().value());
    }

    private static String comment(Map<String, String> properties) {
        return properties.getOrDefault(IcebergTables.COMMENT, "");
    }
}
