package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Overlay;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableRules;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.catalog.RemoteStore.RemoteTable;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A catalog whose tables live in a store that knows their structure. The store is asked each time and is always right;
 * what it says is remembered with identities, versions and history in the metastore, together with what the platform
 * lays over it: computed and metadata columns, watermarks, and options that the store does not keep.
 */
final class FetchedCatalog implements Catalog {
    private static final TableFilter ANY = new TableFilter("", "", 1);

    private final CatalogName name;
    private final RemoteStore store;
    private final Connectors connectors;
    private final FetchedTables fetched;
    private final FetchedMemory memory;
    private final Outage outage;
    private final FetchedScan scan;

    FetchedCatalog(
            CatalogName name,
            RemoteStore store,
            Connectors connectors,
            Metastore metastore,
            FetchedTables fetched,
            Clock clock) {
        this.name = requireNonNull(name, "name");
        this.store = requireNonNull(store, "store");
        this.connectors = requireNonNull(connectors, "connectors");
        this.fetched = requireNonNull(fetched, "fetched");
        this.outage = new Outage(name, clock);
        this.memory = new FetchedMemory(name, store, outage, metastore, fetched, clock);
        this.scan = new FetchedScan(store, outage, memory, fetched, clock);
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
        return outage.current();
    }

    @Override
    public List<Database> databases() {
        return orKnown(
                () -> memory.saw(outage.watch(store::databases)),
                () -> Optional.of(fetched.known(name)).filter(known -> !known.isEmpty()));
    }

    @Override
    public void createDatabase(DatabaseName database, String comment) {
        outage.watch(() -> {
            store.createDatabase(new DatabasePath(name, database), comment);
            return database;
        });
    }

    @Override
    public void dropDatabase(DatabaseName database, boolean cascade, Origin origin) {
        DatabasePath path = new DatabasePath(name, database);
        outage.watch(() -> {
            store.dropDatabase(path, cascade);
            return path;
        });
        memory.forget(path, origin);
    }

    @Override
    public List<ListedTable> tables(DatabasePath database, TableFilter filter) {
        // A view there is a table here: its query is the store's, not Flink's.
        return orKnown(
                () -> outage.watch(() -> store.tables(database, filter)),
                () -> fetched.known(database, ANY).isEmpty()
                        ? Optional.empty()
                        : Optional.of(fetched.known(database, filter)));
    }

    @Override
    public Optional<Table> find(TablePath path) {
        Optional<RemoteTable> found = outage.watch(() -> store.find(path));
        if (found.isEmpty()) {
            memory.missed(path);
            return Optional.empty();
        }
        return Optional.of(memory.recall(found.get()));
    }

    @Override
    public Function<TablePath, Optional<Table>> finder(Collection<TablePath> paths) {
        return new FetchedFinder(store, outage, memory, this::find, paths);
    }

    @Override
    public Table create(TablePath path, TableSpec spec, Origin origin) {
        check(path, spec);
        TableSpec physical = Overlay.physical(spec, store::keeps);
        RemoteTable created = outage.watch(() -> store.create(path, physical));
        TableSpec whole = Overlay.of(spec, store::keeps).over(created.spec());
        return memory.created(created, whole, origin);
    }

    @Override
    public Table alter(Table current, Alteration wanted, Origin origin) {
        TablePath path = current.path();
        check(path.parent().table(wanted.name()), wanted.spec());
        RemoteTable before = outage.watch(() -> store.find(path)).orElseThrow(() -> CatalogFailures.stale(path));
        Table known = memory.recall(before);
        if (!known.ref().equals(current.ref())) {
            throw CatalogFailures.stale(path);
        }
        TableSpec physical = Overlay.physical(wanted.spec(), store::keeps);
        boolean same = physical.equals(before.spec()) && wanted.name().equals(path.table());
        RemoteTable after = same ? before : outage.watch(() -> store.alter(before, wanted.name(), physical));
        TableSpec whole = Overlay.of(wanted.spec(), store::keeps).over(after.spec());
        return memory.altered(known, after, wanted.with(whole), origin);
    }

    @Override
    public void drop(TablePath path, Origin origin) {
        outage.watch(() -> {
            store.drop(path);
            return path;
        });
        memory.dropped(path, origin);
    }

    @Override
    public Optional<Map<String, String>> resolve(TableRef ref) {
        return memory.table(ref)
                .filter(table -> table.path().parent().catalog().equals(name))
                .flatMap(table -> options(table, this::find));
    }

    @Override
    public Function<Table, Optional<Map<String, String>>> resolver(Collection<Table> newest) {
        var finder = finder(newest.stream().map(Table::path).toList());
        return table -> options(table, finder);
    }

    /** Of a table that the store still has as it was, or had when it last answered. */
    private Optional<Map<String, String>> options(Table known, Function<TablePath, Optional<Table>> finder) {
        return orKnown(
                        () -> finder.apply(known.path()),
                        () -> Optional.of(Optional.of(known)).filter(unused -> !store.isAskedForOptions()))
                .filter(table -> table.ref().equals(known.ref()))
                .map(table -> connectors.resolve(table.spec(), store.platformOptions(table)));
    }

    @Override
    public Optional<LastKnown> lastKnown(TablePath path) {
        return memory.lastKnown(path);
    }

    /** What the store says; what is known of it if it does not answer, and the failure if nothing is. */
    private static <T> T orKnown(Supplier<T> there, Supplier<Optional<T>> known) {
        try {
            return there.get();
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            return known.get().orElseThrow(() -> e);
        }
    }

    @Override
    public void refresh(DatabasePath database, Refreshed result) {
        scan.refresh(database, result);
    }

    @Override
    public void check(TablePath path, TableSpec spec) {
        if (spec.isView()) {
            throw CatalogFailures.unsupported("A view of Flink cannot be kept in '" + name
                    + "'. Create it in `warehouse`, or create a view in the store itself.");
        }
        List<Flaw> options = connectors.checkOptions(spec);
        if (!options.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.OPTION_INVALID, path, options);
        }
        List<Flaw> flaws = Stream.concat(TableRules.check(spec).stream(), connectors.checkShape(spec).stream())
                .toList();
        if (!flaws.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.TABLE_INVALID, path, flaws);
        }
    }
}
