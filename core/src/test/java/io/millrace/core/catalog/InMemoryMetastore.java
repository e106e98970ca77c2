package io.millrace.core.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model of a metastore; passes {@link MetastoreContract}. */
public final class InMemoryMetastore implements Metastore {
    private final Map<DatabasePath, Database> databases = new LinkedHashMap<>();
    private final Map<TableId, Table> tables = new LinkedHashMap<>();

    @Override
    public synchronized Outcome createDatabase(Database database, Instant now) {
        return databases.putIfAbsent(database.path(), database) == null ? Outcome.DONE : Outcome.NAME_TAKEN;
    }

    @Override
    public synchronized Outcome dropDatabase(DatabasePath path, boolean cascade, Instant now) {
        if (!databases.containsKey(path)) {
            return Outcome.MISSING;
        }
        if (!cascade && !tables(path).isEmpty()) {
            return Outcome.NOT_EMPTY;
        }
        tables.values().removeIf(table -> table.path().parent().equals(path));
        databases.remove(path);
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
    public synchronized Outcome createTable(Table table, Instant now) {
        if (!databases.containsKey(table.path().parent())) {
            return Outcome.MISSING;
        }
        if (table(table.path()).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        tables.put(table.id(), table);
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome replaceTable(Table next, Instant now) {
        Table current = tables.get(next.id());
        if (current == null || current.version() != next.version() - 1) {
            return Outcome.STALE;
        }
        if (table(next.path()).filter(other -> !other.id().equals(next.id())).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        tables.put(next.id(), next);
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome dropTable(TableId id, Instant now) {
        return tables.remove(id) == null ? Outcome.MISSING : Outcome.DONE;
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
    public synchronized List<Table> tables(DatabasePath path) {
        return tables.values().stream()
                .filter(table -> table.path().parent().equals(path))
                .sorted(Comparator.comparing(table -> table.path().table()))
                .toList();
    }
}
