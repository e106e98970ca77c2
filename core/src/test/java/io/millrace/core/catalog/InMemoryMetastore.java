package io.millrace.core.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model of a metastore; passes {@link MetastoreContract}. */
public final class InMemoryMetastore implements Metastore, FetchedTables, TableHistory {
    private final Map<DatabasePath, Database> databases = new LinkedHashMap<>();
    private final Map<DatabasePath, Instant> created = new LinkedHashMap<>();
    private final Map<TableId, Table> tables = new LinkedHashMap<>();
    private final Map<TableId, Seen> seen = new LinkedHashMap<>();
    private final Map<TableId, Table> dropped = new LinkedHashMap<>();
    private final Map<TableId, List<TableVersion>> versions = new LinkedHashMap<>();
    private final InMemoryFunctionStore functions = new InMemoryFunctionStore(this);

    /** The functions of its databases. */
    public FunctionStore functions() {
        return functions;
    }

    synchronized boolean has(DatabasePath path) {
        return databases.containsKey(path);
    }

    @Override
    public synchronized Outcome createDatabase(Database database, Instant now) {
        created.putIfAbsent(database.path(), now);
        return databases.putIfAbsent(database.path(), database) == null ? Outcome.DONE : Outcome.NAME_TAKEN;
    }

    @Override
    public synchronized Outcome dropDatabase(DatabasePath path, boolean cascade, Change change) {
        if (!databases.containsKey(path)) {
            return Outcome.MISSING;
        }
        List<Table> inside = tables.values().stream()
                .filter(table -> table.path().parent().equals(path))
                .toList();
        boolean empty =
                inside.isEmpty() && functions.list(path, TableFilter.ALL).isEmpty();
        if (!cascade && !empty) {
            return Outcome.NOT_EMPTY;
        }
        inside.forEach(table -> dropTable(table.id(), change));
        functions.dropAllOf(path, change);
        dropped.values().removeIf(each -> each.path().parent().equals(path));
        databases.remove(path);
        created.remove(path);
        return Outcome.DONE;
    }

    @Override
    public synchronized List<Database> databases(CatalogName catalog) {
        return databases.values().stream()
                .filter(database -> database.path().catalog().equals(catalog))
                .sorted(Comparator.comparing(Database::name))
                .toList();
    }

    @Override
    public synchronized Outcome createTable(Table table, Change change) {
        if (!databases.containsKey(table.path().parent())) {
            return Outcome.MISSING;
        }
        if (table(table.path()).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        tables.put(table.id(), table);
        remember(table, change);
        table.remoteKey().ifPresent(key -> seen.put(table.id(), new Seen(table, change.at(), "")));
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome replaceTable(Table next, Change change) {
        Table current = tables.get(next.id());
        if (current == null || current.version() != next.version() - 1) {
            return Outcome.STALE;
        }
        if (!databases.containsKey(next.path().parent())) {
            return Outcome.MISSING;
        }
        if (table(next.path()).filter(other -> !other.id().equals(next.id())).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        tables.put(next.id(), next);
        remember(next, change);
        next.remoteKey().ifPresent(key -> seen.put(next.id(), new Seen(next, change.at(), "")));
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome dropTable(TableId id, Change change) {
        Table table = tables.remove(id);
        if (table == null) {
            return Outcome.MISSING;
        }
        Table gone = next(table, table.path());
        remember(gone, change);
        dropped.put(id, gone);
        return Outcome.DONE;
    }

    @Override
    public synchronized Optional<Table> table(TablePath path) {
        return tables.values().stream()
                .filter(table -> table.path().equals(path))
                .findFirst();
    }

    @Override
    public synchronized Optional<Table> table(TableId id) {
        return Optional.ofNullable(tables.get(id));
    }

    @Override
    public synchronized List<Table> tables(Collection<TablePath> paths) {
        return tables.values().stream()
                .filter(table -> paths.contains(table.path()))
                .toList();
    }

    @Override
    public synchronized List<Table> tablesById(Collection<TableId> ids) {
        return tables.values().stream()
                .filter(table -> ids.contains(table.id()))
                .toList();
    }

    @Override
    public synchronized List<ListedTable> list(DatabasePath path, TableFilter filter) {
        return tables.values().stream()
                .filter(table -> table.path().parent().equals(path))
                .filter(table -> filter.takes(table.path().table()))
                .sorted(Comparator.comparing(table -> table.path().table()))
                .limit(filter.limit())
                .map(table -> new ListedTable(
                        table.path().table(),
                        table.spec().isView(),
                        table.spec().comment().orElse("")))
                .toList();
    }

    @Override
    public synchronized Optional<Seen> find(CatalogName catalog, String key) {
        return fetched(table -> table.path().parent().catalog().equals(catalog)
                        && table.remoteKey().equals(Optional.of(key)))
                .findFirst();
    }

    @Override
    public synchronized Map<String, Seen> find(CatalogName catalog, Collection<String> keys) {
        Map<String, Seen> found = new LinkedHashMap<>();
        keys.forEach(key -> find(catalog, key).ifPresent(seen -> found.put(key, seen)));
        return found;
    }

    @Override
    public synchronized Map<String, Stamped> stamps(DatabasePath database) {
        return fetched(table -> table.path().parent().equals(database))
                .collect(Collectors.toMap(
                        each -> each.table().remoteKey().orElseThrow(),
                        each -> new Stamped(each.table().ref(), each.table().path(), each.stamp())));
    }

    @Override
    public synchronized List<Database> known(CatalogName catalog) {
        return databases(catalog).stream()
                .map(database -> new Database(
                        database.path(),
                        database.comment(),
                        Stream.concat(
                                        Stream.of(created.get(database.path())),
                                        fetched(table -> table.path().parent().equals(database.path()))
                                                .map(Seen::at))
                                .max(Comparator.naturalOrder())))
                .toList();
    }

    @Override
    public synchronized List<ListedTable> known(DatabasePath database, TableFilter filter) {
        return list(database, filter).stream()
                .filter(each -> table(database.table(each.name()))
                        .orElseThrow()
                        .remoteKey()
                        .isPresent())
                .map(each -> new ListedTable(
                        each.name(),
                        each.view(),
                        each.comment(),
                        Optional.of(seen.get(table(database.table(each.name()))
                                        .orElseThrow()
                                        .id())
                                .at())))
                .toList();
    }

    @Override
    public synchronized Set<TableId> create(DatabasePath database, List<Seen> wanted, Change change) {
        Set<TableId> created = new LinkedHashSet<>();
        for (Seen each : wanted) {
            if (createTable(each.table(), change) == Outcome.DONE) {
                seen(each.table().id(), each.stamp(), each.at());
                created.add(each.table().id());
            }
        }
        return created;
    }

    @Override
    public synchronized void seen(TableId id, String stamp, Instant at) {
        if (tables.containsKey(id)) {
            seen.put(id, new Seen(tables.get(id), at, stamp));
        }
    }

    @Override
    public synchronized void amend(Table same) {
        Table current = tables.get(same.id());
        if (current != null && current.version() == same.version()) {
            tables.put(same.id(), same);
        }
    }

    @Override
    public synchronized List<TableVersion> versions(TableId id, long before, int limit) {
        return versions.getOrDefault(id, List.of()).stream()
                .filter(each -> each.version() < before)
                .sorted(Comparator.comparing(TableVersion::version).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<DroppedTable> dropped(DatabasePath database, int offset, int limit) {
        return dropped.keySet().stream()
                .map(id -> dropped(id).orElseThrow())
                .filter(each -> each.path().parent().equals(database))
                .sorted(Comparator.comparing(
                                (DroppedTable each) -> each.dropped().at())
                        .reversed())
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<DroppedTable> dropped(TableId id) {
        return Optional.ofNullable(dropped.get(id))
                .map(table -> new DroppedTable(
                        id,
                        table.path(),
                        table.spec().isView(),
                        table.remoteKey().isPresent(),
                        table.location(),
                        versions(id, Long.MAX_VALUE, 1).get(0).change()));
    }

    @Override
    public synchronized Optional<DroppedTable> lastDropped(TablePath path) {
        return dropped(path.parent(), 0, Integer.MAX_VALUE).stream()
                .filter(each -> each.path().equals(path))
                .findFirst();
    }

    @Override
    public synchronized Outcome restore(TableId id, TableName name, Change change) {
        Table table = dropped.get(id);
        if (table == null) {
            return Outcome.MISSING;
        }
        Table back = next(table, table.path().parent().table(name));
        if (table(back.path()).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        dropped.remove(id);
        tables.put(id, back);
        remember(back, change);
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome purge(TableId id, Runnable first) {
        if (!dropped.containsKey(id)) {
            return Outcome.MISSING;
        }
        first.run();
        dropped.remove(id);
        versions.remove(id);
        return Outcome.DONE;
    }

    private void remember(Table table, Change change) {
        // A history needs no keys.
        ColumnIds ids =
                new ColumnIds(table.columnIds().inOrder(), table.columnIds().last());
        versions.computeIfAbsent(table.id(), id -> new ArrayList<>())
                .add(new TableVersion(table.version(), table.path().table(), table.spec(), ids, change));
    }

    private static Table next(Table table, TablePath path) {
        return table.moved(path, Alteration.of(path.table(), table.spec()));
    }

    private Stream<Seen> fetched(Predicate<Table> wanted) {
        return tables.values().stream()
                .filter(table -> table.remoteKey().isPresent())
                .filter(wanted)
                .map(table -> new Seen(
                        table, seen.get(table.id()).at(), seen.get(table.id()).stamp()));
    }
}
