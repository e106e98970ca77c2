package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The tables of a Hive metastore. Flink reads and writes their files itself, so a table is what its SerDe and its location
 * say; new ones are external Parquet tables.
 */
final class HiveRemote implements RemoteStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,128}");
    private static final int BATCH = 200;
    private static final int ID_DIGITS = 8;

    private final CatalogName name;
    private final HiveStore store;
    private final TableFolder locations;

    HiveRemote(CatalogName name, HiveStore store, TableFolder locations) {
        this.name = name;
        this.store = store;
        this.locations = locations;
    }

    static RemoteStore open(CatalogName name, OpenConnection connection) {
        List<HiveStore.Address> addresses = connection.fields().items("metastore").stream()
                .map(HiveStore.Address::of)
                .toList();
        return new HiveRemote(
                name,
                new HiveStore(name, addresses, connection.reach()),
                new TableFolder(connection.fields().text("root")));
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("hive", "Tables of a Hive metastore; a database here is a database there.");
    }

    @Override
    public List<Database> databases() {
        return ask(metastore -> {
            List<Database> databases = new ArrayList<>();
            for (String each : metastore.get_all_databases().stream().sorted().toList()) {
                String comment = metastore.get_database(each).getDescription();
                databases.add(new Database(DatabasePath.of(name.value(), each), comment == null ? "" : comment));
            }
            return databases;
        });
    }

    @Override
    public void createDatabase(DatabasePath path, String comment) {
        refuseName(path.database().value(), "database");
        ask(metastore -> {
            var database = new org.apache.hadoop.hive.metastore.api.Database();
            database.setName(path.database().value());
            database.setDescription(comment);
            database.setOwnerType(PrincipalType.USER);
            database.setParameters(new HashMap<>());
            try {
                metastore.create_database(database);
            } catch (AlreadyExistsException e) {
                throw CatalogFailures.databaseExists(path);
            }
            return path;
        });
    }

    /** The files of its external tables stay. */
    @Override
    public void dropDatabase(DatabasePath path, boolean cascade) {
        ask(metastore -> {
            databaseThere(metastore, path);
            try {
                metastore.drop_database(path.database().value(), false, cascade);
            } catch (InvalidOperationException e) {
                throw CatalogFailures.databaseNotEmpty(path);
            }
            return path;
        });
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        List<TableName> wanted = names(database).stream()
                .map(TableName::new)
                .filter(filter::takes)
                .limit(filter.limit())
                .toList();
        Map<String, String> comments = new HashMap<>();
        if (wanted.size() <= BATCH) {
            List<String> names = wanted.stream().map(TableName::value).toList();
            objects(database, names).forEach(table -> comments.put(table.getTableName(), HiveTables.comment(table)));
        }
        return wanted.stream()
                .map(name -> new ListedTable(name, false, comments.getOrDefault(name.value(), "")))
                .toList();
    }

    @Override
    public List<Head> heads(DatabasePath database) {
        List<Head> heads = new ArrayList<>();
        List<String> names = names(database);
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> some = names.subList(from, Math.min(names.size(), from + BATCH));
            objects(database, some).forEach(table -> heads.add(head(table)));
        }
        heads.sort((one, other) -> one.name().compareTo(other.name()));
        return heads;
    }

    @Override
    public Optional<Head> head(TablePath last, String key) {
        return heads(last.parent()).stream()
                .filter(head -> head.key().equals(key))
                .findFirst();
    }

    @Override
    public Optional<RemoteTable> find(TablePath path) {
        return ask(metastore -> table(metastore, path)).map(table -> remote(path, table));
    }

    @Override
    public void scan(DatabasePath database, Set<TableName> tables, Consumer<Scanned> each) {
        List<String> names = tables.stream().map(TableName::value).sorted().toList();
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> some = names.subList(from, Math.min(names.size(), from + BATCH));
            objects(database, some).forEach(table -> each.accept(scanned(database, table)));
        }
    }

    @Override
    public RemoteTable create(TablePath path, TableSpec spec) {
        refuseName(path.table().value(), "table");
        spec.columns().stream().map(Column::name).forEach(column -> refuseName(column, "column"));
        Table created = ask(metastore -> {
            var database = databaseThere(metastore, path.parent());
            // A folder of its own: the files of a table that was dropped are still there.
            String folder = path.table() + "-" + UUID.randomUUID().toString().substring(0, ID_DIGITS);
            String location = database.getLocationUri() + "/" + folder;
            locations.check(path, location);
            try {
                metastore.create_table(HiveTables.create(path, spec, location));
            } catch (AlreadyExistsException e) {
                throw CatalogFailures.tableExists(path);
            }
            return table(metastore, path).orElseThrow(() -> CatalogFailures.stale(path));
        });
        return remote(path, created);
    }

    @Override
    public RemoteTable alter(RemoteTable current, TableName newName, TableSpec next) {
        TablePath path = current.path();
        TablePath newPath = path.parent().table(newName);
        refuseName(newName.value(), "table");
        next.columns().stream().map(Column::name).forEach(column -> refuseName(column, "column"));
        Table changed = ask(metastore -> {
            Table table = table(metastore, path).orElseThrow(() -> CatalogFailures.noTable(path));
            if (!remote(path, table).equals(current)) {
                throw CatalogFailures.stale(path);
            }
            if (!path.equals(newPath) && table(metastore, newPath).isPresent()) {
                throw CatalogFailures.tableExists(newPath);
            }
            Table wanted = HiveTables.altered(path, table, current.spec(), next, newName.value());
            metastore.alter_table_with_cascade(
                    path.parent().database().value(), path.table().value(), wanted, true);
            return table(metastore, newPath).orElseThrow(() -> CatalogFailures.stale(newPath));
        });
        return remote(newPath, changed);
    }

    /** The files stay, as those of every external table of Hive. */
    @Override
    public void drop(TablePath path) {
        ask(metastore -> {
            if (table(metastore, path).isEmpty()) {
                throw CatalogFailures.noTable(path);
            }
            metastore.drop_table(path.parent().database().value(), path.table().value(), false);
            return path;
        });
    }

    @Override
    public boolean isAskedForOptions() {
        return true;
    }

    @Override
    public Map<String, String> platformOptions(io.millrace.core.catalog.Table table) {
        Table found = ask(metastore -> table(metastore, table.path()))
                .orElseThrow(() -> CatalogFailures.noTable(table.path()));
        locations.check(table.path(), HiveTables.location(found));
        Map<String, String> options = new TreeMap<>();
        options.put("path", HiveTables.location(found));
        // What Hive calls the partition of nulls.
        options.put("partition.default-name", "__HIVE_DEFAULT_PARTITION__");
        HiveFormat.of(found).ifPresent(format -> options.putAll(format.options(found)));
        return options;
    }

    @Override
    public void close() {}

    /** What the metastore refuses, and nobody above has words for, is a sentence of its own. */
    private <T> T ask(HiveStore.Call<T> call) {
        try {
            return store.call(call);
        } catch (TException e) {
            throw new MillraceException(
                    ErrorCode.CATALOG_UNSUPPORTED, "The Hive metastore refused: " + e.getMessage(), e);
        }
    }

    private RemoteTable remote(TablePath path, Table table) {
        return new RemoteTable(path, HiveTables.key(table), HiveTables.spec(path, table, locations));
    }

    private Scanned scanned(DatabasePath database, Table table) {
        Head head = head(table);
        try {
            RemoteTable found = remote(database.table(head.name()), table);
            return new Scanned(head, Optional.of(found), Optional.empty());
        } catch (MillraceException e) {
            return new Scanned(head, Optional.empty(), Optional.of(e));
        }
    }

    private static Head head(Table table) {
        return new Head(
                new TableName(table.getTableName()),
                HiveTables.key(table),
                HiveTables.stamp(table),
                HiveTables.comment(table));
    }

    private static org.apache.hadoop.hive.metastore.api.Database databaseThere(
            ThriftHiveMetastore.Iface metastore, DatabasePath path) throws TException {
        try {
            var found = metastore.get_database(path.database().value());
            if (found.getName().equals(path.database().value())) {
                return found;
            }
        } catch (NoSuchObjectException e) {
            throw CatalogFailures.noDatabase(path);
        }
        throw CatalogFailures.noDatabase(path);
    }

    /** The metastore takes names in any case for the same table; here only the one that it shows is the table's. */
    private static Optional<Table> table(ThriftHiveMetastore.Iface metastore, TablePath path) throws TException {
        try {
            Table found = metastore.get_table(
                    path.parent().database().value(), path.table().value());
            boolean same = found.getTableName().equals(path.table().value())
                    && found.getDbName().equals(path.parent().database().value());
            return same ? Optional.of(found) : Optional.empty();
        } catch (NoSuchObjectException e) {
            return Optional.empty();
        }
    }

    /** Of all tables, sorted. */
    private List<String> names(DatabasePath database) {
        return ask(metastore -> {
            databaseThere(metastore, database);
            return metastore.get_all_tables(database.database().value()).stream()
                    .filter(TableName::isName)
                    .sorted()
                    .toList();
        });
    }

    private List<Table> objects(DatabasePath database, List<String> names) {
        return ask(metastore ->
                metastore.get_table_objects_by_name(database.database().value(), names));
    }

    private static void refuseName(String text, String what) {
        if (!NAME.matcher(text).matches()) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "A " + what + " of a Hive metastore has a name of up to 128 lower-case letters, digits and"
                            + " underscores: '" + text + "' does not fit.",
                    List.of(Flaw.at("/name", "'" + text + "' cannot be a name in Hive")));
        }
    }
}
