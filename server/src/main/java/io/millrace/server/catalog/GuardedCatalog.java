package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableSpec;
import io.millrace.server.access.Guard;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A catalog as one caller has it: what the caller may not see is not there, what it may not do fails with what is
 * missing. Made for one call, on the thread of the call.
 */
final class GuardedCatalog implements Catalog {
    private final Catalog catalog;
    private final Guard guard;
    private final Rights rights;
    private final VisibleTables visible;
    private final SharedData shared;

    GuardedCatalog(Catalog catalog, Guard guard, VisibleTables visible, SharedData shared) {
        this.catalog = requireNonNull(catalog, "catalog");
        this.guard = requireNonNull(guard, "guard");
        this.rights = guard.rights();
        this.visible = requireNonNull(visible, "visible");
        this.shared = requireNonNull(shared, "shared");
    }

    @Override
    public CatalogName name() {
        return catalog.name();
    }

    @Override
    public About about() {
        return catalog.about();
    }

    @Override
    public Connectors connectors() {
        return catalog.connectors();
    }

    @Override
    public Optional<Outage.Down> outage() {
        return catalog.outage();
    }

    @Override
    public Optional<Outage.Down> outage(DatabasePath database) {
        return catalog.outage(database);
    }

    @Override
    public Optional<String> notice() {
        return catalog.notice();
    }

    @Override
    public Optional<String> notice(DatabasePath database) {
        return catalog.notice(database);
    }

    @Override
    public List<Database> databases() {
        return catalog.databases().stream()
                .filter(database -> rights.sees(CatalogObjects.of(database.path())))
                .toList();
    }

    @Override
    public void createDatabase(DatabaseName name, String comment) {
        guard.require(Privilege.CREATE, CatalogObjects.of(name()));
        catalog.createDatabase(name, comment);
        guard.own(CatalogObjects.of(new DatabasePath(name(), name)));
    }

    @Override
    public void dropDatabase(DatabaseName name, boolean cascade, Origin origin) {
        DatabasePath path = new DatabasePath(name(), name);
        guard.require(Privilege.DROP, seen(path));
        if (cascade) {
            visible.requireAll(rights, Privilege.DROP, path);
        }
        catalog.dropDatabase(name, cascade, origin);
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        Securable unused = seen(database);
        return visible.of(rights, database, filter, some -> catalog.tables(database, some));
    }

    @Override
    public Optional<Table> find(TablePath path) {
        return finder(List.of(path)).apply(path);
    }

    @Override
    public Function<TablePath, Optional<Table>> finder(Collection<TablePath> paths) {
        Function<TablePath, Optional<Table>> all = catalog.finder(paths);
        return path -> all.apply(path).filter(table -> guard.finds(CatalogObjects.of(table)));
    }

    @Override
    public Optional<LastKnown> lastKnown(TablePath path) {
        return catalog.lastKnown(path).filter(known -> guard.finds(CatalogObjects.of(known.table())));
    }

    @Override
    public void check(TablePath path, TableSpec spec) {
        catalog.check(path, spec);
    }

    @Override
    public void refuseName(TablePath path) {
        catalog.refuseName(path);
    }

    @Override
    public Map<String, String> identity(Table table) {
        return catalog.identity(table);
    }

    @Override
    public void refresh(DatabasePath database, Refreshed result) {
        guard.require(Privilege.DESCRIBE, seen(database));
        catalog.refresh(database, result);
    }

    @Override
    public Table create(TablePath path, TableSpec spec, Origin origin) {
        guard.require(Privilege.CREATE, seen(path.parent()));
        shared.check(guard, catalog, path, spec);
        Table made = catalog.create(path, spec, origin);
        guard.own(CatalogObjects.of(made));
        return made;
    }

    @Override
    public Table alter(Table current, Alteration wanted, Origin origin) {
        guard.require(Privilege.ALTER, CatalogObjects.of(current));
        shared.check(guard, catalog, current, wanted);
        return catalog.alter(current, wanted, origin);
    }

    @Override
    public void drop(TablePath path, Origin origin) {
        Table table = find(path).orElseThrow(() -> CatalogFailures.noTable(path));
        guard.require(Privilege.DROP, CatalogObjects.of(table));
        catalog.drop(path, origin);
    }

    @Override
    public Optional<OwnFolder> folder(DroppedTable table) {
        return catalog.folder(table);
    }

    /** Whether the caller may have them is decided where it is known what for: see {@link Lookups}. */
    @Override
    public Optional<Map<String, String>> resolve(TableRef ref) {
        return catalog.resolve(ref);
    }

    @Override
    public Function<Table, Optional<Map<String, String>>> resolver(Collection<Table> newest) {
        return catalog.resolver(newest);
    }

    /** What cannot be seen is answered as what is not there. */
    private Securable seen(DatabasePath path) {
        Securable object = CatalogObjects.of(path);
        if (!guard.finds(object)) {
            throw CatalogFailures.noDatabase(path);
        }
        return object;
    }
}
