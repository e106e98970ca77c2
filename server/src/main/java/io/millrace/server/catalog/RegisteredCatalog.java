package io.millrace.server.catalog;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableDiff;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableRules;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Tables of stores that know no schema: users register them, and the metastore keeps them. */
final class RegisteredCatalog implements Catalog {
    private final CatalogName name;
    private final Store store;
    private final Connectors connectors;
    private final Metastore metastore;
    private final Clock clock;

    RegisteredCatalog(CatalogName name, Store store, Connectors connectors, Metastore metastore, Clock clock) {
        this.name = name;
        this.store = store;
        this.connectors = connectors;
        this.metastore = metastore;
        this.clock = clock;
    }

    @Override
    public CatalogName name() {
        return name;
    }

    @Override
    public Connectors connectors() {
        return connectors;
    }

    @Override
    public About about() {
        return store.about();
    }

    @Override
    public Optional<Outage.Down> outage() {
        return store.pulse().flatMap(Pulse::last);
    }

    @Override
    public Optional<Outage.Down> outage(DatabasePath database) {
        return store.pulse(database).flatMap(Pulse::last);
    }

    /** What is shown is kept here. */
    @Override
    public Optional<String> notice() {
        return Optional.empty();
    }

    @Override
    public Optional<String> notice(DatabasePath database) {
        return store.pulse(database).flatMap(Pulse::look).map(Outage.Down::sentence);
    }

    /** Makes the databases that are always there. May be repeated; called before anybody asks. */
    void prepare() {
        for (Database database : store.fixedDatabases(name)) {
            metastore.createDatabase(database, clock.instant());
        }
    }

    @Override
    public List<Database> databases() {
        List<Database> fixed = store.fixedDatabases(name);
        return store.hasOnlyFixedDatabases()
                ? fixed.stream().sorted(Comparator.comparing(Database::name)).toList()
                : metastore.databases(name);
    }

    @Override
    public void createDatabase(DatabaseName database, String comment) {
        DatabasePath path = new DatabasePath(name, database);
        store.refuseDatabase(path);
        switch (metastore.createDatabase(new Database(path, comment), clock.instant())) {
            case DONE -> {}
            case NAME_TAKEN -> throw CatalogFailures.databaseExists(path);
            case MISSING, NOT_EMPTY, STALE -> throw unexpected("createDatabase");
        }
    }

    @Override
    public void dropDatabase(DatabaseName database, boolean cascade, Origin origin) {
        DatabasePath path = new DatabasePath(name, database);
        boolean fixed =
                store.fixedDatabases(name).stream().anyMatch(each -> each.path().equals(path));
        if (fixed) {
            throw CatalogFailures.unsupported("Database '" + path + "' is always there. Drop its tables instead.");
        }
        switch (metastore.dropDatabase(path, cascade, change(Cause.DROPPED, "dropped with its database", origin))) {
            case DONE -> {}
            case MISSING -> throw CatalogFailures.noDatabase(path);
            case NOT_EMPTY -> throw CatalogFailures.databaseNotEmpty(path);
            case NAME_TAKEN, STALE -> throw unexpected("dropDatabase");
        }
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        List<ListedTable> tables = metastore.list(database, filter);
        if (tables.isEmpty()
                && databases().stream().noneMatch(each -> each.path().equals(database))) {
            throw CatalogFailures.noDatabase(database);
        }
        return tables;
    }

    @Override
    public Optional<Table> find(TablePath path) {
        return metastore.table(path);
    }

    @Override
    public Function<TablePath, Optional<Table>> finder(Collection<TablePath> paths) {
        Map<TablePath, Table> found = new HashMap<>();
        metastore.tables(paths).forEach(table -> found.put(table.path(), table));
        return path -> Optional.ofNullable(found.get(path));
    }

    @Override
    public Table create(TablePath path, TableSpec spec, Origin origin) {
        check(path, spec);
        refuseNameInOtherCase(path, Optional.empty());
        String id = UUID.randomUUID().toString();
        Optional<String> location = spec.isView() ? Optional.empty() : store.location(path, id);
        Table table = Table.registered(new TableId(id), path, spec, location);
        return switch (metastore.createTable(table, change(Cause.CREATED, "created", origin))) {
            case DONE -> table;
            case MISSING -> throw CatalogFailures.noDatabase(path.parent());
            case NAME_TAKEN -> throw CatalogFailures.tableExists(path);
            case NOT_EMPTY, STALE -> throw unexpected("createTable");
        };
    }

    @Override
    public Table alter(Table current, Alteration wanted, Origin origin) {
        // Flink sees one connector for all our tables, so a statement that changes something else cannot repeat it.
        TableSpec next = wanted.spec().keepingConnectorOf(current.spec());
        TablePath path = current.path().parent().table(wanted.name());
        if (current.spec().isView() != next.isView()) {
            throw CatalogFailures.unsupported("A table cannot become a view, nor a view a table; drop it first.");
        }
        check(path, next);
        if (!path.equals(current.path())) {
            refuseNameInOtherCase(path, Optional.of(current.path().table()));
        }
        Table changed = current.changed(wanted.with(next));
        boolean renamed = !path.equals(current.path()) && next.equals(current.spec());
        Change change = change(renamed ? Cause.RENAMED : Cause.ALTERED, TableDiff.summary(current, changed), origin);
        return switch (metastore.replaceTable(changed, change)) {
            case DONE -> changed;
            case MISSING, STALE -> throw CatalogFailures.stale(current.path());
            case NAME_TAKEN -> throw CatalogFailures.tableExists(path);
            case NOT_EMPTY -> throw unexpected("replaceTable");
        };
    }

    @Override
    public void drop(TablePath path, Origin origin) {
        Table table = find(path).orElseThrow(() -> CatalogFailures.noTable(path));
        if (metastore.dropTable(table.id(), change(Cause.DROPPED, "dropped", origin)) == Metastore.Outcome.MISSING) {
            throw CatalogFailures.noTable(path);
        }
    }

    @Override
    public Optional<OwnFolder> folder(DroppedTable table) {
        return table.location().flatMap(store::folder);
    }

    @Override
    public Optional<Map<String, String>> resolve(TableRef ref) {
        return metastore
                .table(ref.id())
                .filter(table -> table.path().parent().catalog().equals(name))
                .filter(table -> table.ref().equals(ref))
                .flatMap(this::options);
    }

    @Override
    public Function<Table, Optional<Map<String, String>>> resolver(Collection<Table> newest) {
        return this::options;
    }

    private Optional<Map<String, String>> options(Table table) {
        return table.spec().isView()
                ? Optional.empty()
                : Optional.of(connectors.resolve(table.spec(), store.platformOptions(table)));
    }

    @Override
    public void refuseName(TablePath path) {
        store.refuseName(path);
    }

    @Override
    public Map<String, String> identity(Table table) {
        return table.spec().isView() ? Map.of() : connectors.identity(table.spec());
    }

    @Override
    public void check(TablePath path, TableSpec spec) {
        store.refuseName(path);
        List<Flaw> general = TableRules.check(spec);
        if (!general.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.TABLE_INVALID, path, general);
        }
        if (spec.isView()) {
            return;
        }
        List<Flaw> options = new ArrayList<>(connectors.checkOptions(spec));
        options.addAll(store.check(path, spec));
        if (!options.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.OPTION_INVALID, path, options);
        }
        List<Flaw> shape = connectors.checkShape(spec);
        if (!shape.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.TABLE_INVALID, path, shape);
        }
    }

    /** Two names that differ only in case are one slip of the keyboard away from each other. */
    private void refuseNameInOtherCase(TablePath path, Optional<TableName> own) {
        String name = path.table().value();
        metastore.list(path.parent(), new TableFilter(name, "", Integer.MAX_VALUE)).stream()
                .map(ListedTable::name)
                .filter(other -> other.value().equalsIgnoreCase(name) && !other.equals(path.table()))
                .filter(other -> !own.equals(Optional.of(other)))
                .findFirst()
                .ifPresent(other -> {
                    throw CatalogFailures.nameInOtherCase(path, other);
                });
    }

    private Change change(Cause cause, String summary, Origin origin) {
        return new Change(cause, summary, origin, clock.instant());
    }

    private static IllegalStateException unexpected(String call) {
        return new IllegalStateException("the metastore answered " + call + " with an outcome that it never has");
    }
}
