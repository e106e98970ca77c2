package io.millrace.server.catalog;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Use cases on catalogs. A store that is down fails the calls on its own catalog only. */
public final class CatalogService {
    private final Supplier<List<Catalog>> catalogs;
    private final BiConsumer<CatalogName, Securable> missed;
    private final FunctionStore functions;
    private final Affected affected;

    /**
     * {@code catalogs} is asked at each call: connections come and go. {@code missed} is told what was asked for in a
     * catalog, or a database of it, that is not there.
     */
    CatalogService(
            Supplier<List<Catalog>> catalogs,
            BiConsumer<CatalogName, Securable> missed,
            FunctionStore functions,
            Affected affected) {
        this.catalogs = catalogs;
        this.missed = missed;
        this.functions = functions;
        this.affected = affected;
    }

    List<Catalog> catalogs() {
        return catalogs.get();
    }

    Catalog catalog(CatalogName name) {
        return catalog(name, CatalogObjects.of(name));
    }

    private Catalog catalog(TablePath asked) {
        DatabasePath database = asked.parent();
        return catalog(database.catalog(), CatalogObjects.of(database).child(Kind.TABLE, "", asked.toString()));
    }

    /** The catalog of something that is asked for. */
    private Catalog catalog(CatalogName name, Securable asked) {
        List<Catalog> all = catalogs();
        return all.stream()
                .filter(catalog -> catalog.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    missed.accept(name, asked);
                    return CatalogFailures.noCatalog(
                            name, all.stream().map(each -> each.name().value()).toList());
                });
    }

    List<Database> databases(CatalogName name) {
        return catalog(name).databases();
    }

    /** That the store behind a catalog does not answer and since when, in a sentence; empty if it does. */
    List<String> outage(CatalogName name) {
        return catalog(name).notice().stream().toList();
    }

    /** The same of what is behind databases whose tables are about to be used. */
    List<String> notices(Stream<DatabasePath> databases) {
        return databases
                .distinct()
                .flatMap(path -> catalog(path.catalog()).notice(path).stream())
                .distinct()
                .toList();
    }

    Database database(DatabasePath path) {
        Securable asked = CatalogObjects.of(path);
        return catalog(path.catalog(), asked).databases().stream()
                .filter(database -> database.path().equals(path))
                .findFirst()
                .orElseThrow(() -> {
                    missed.accept(path.catalog(), asked);
                    return CatalogFailures.noDatabase(path);
                });
    }

    Database createDatabase(DatabasePath path, String comment) {
        catalog(path.catalog()).createDatabase(path.database(), comment);
        return new Database(path, comment);
    }

    void dropDatabase(CatalogName catalog, DatabaseName name, boolean cascade, Origin origin) {
        DatabasePath path = new DatabasePath(catalog, name);
        // A store that has databases of its own does not know of functions, so it would drop one that has some.
        if (!cascade && !functions.list(path, TableFilter.ALL).isEmpty()) {
            throw CatalogFailures.databaseNotEmpty(path);
        }
        catalog(catalog).dropDatabase(name, cascade, origin);
    }

    List<ListedTable> tables(DatabasePath path, TableFilter filter) {
        return catalog(path.catalog(), CatalogObjects.of(path)).tables(path, filter);
    }

    Table table(TablePath path) {
        Catalog catalog = catalog(path);
        return catalog.find(path).orElseThrow(() -> CatalogFailures.noTable(path));
    }

    /** A table as it is; as it was last seen if its store does not answer. */
    Known known(TablePath path) {
        Catalog catalog = catalog(path);
        try {
            return new Known(catalog.find(path).orElseThrow(() -> CatalogFailures.noTable(path)), Optional.empty());
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            Catalog.LastKnown last = catalog.lastKnown(path).orElseThrow(() -> e);
            return new Known(last.table(), Optional.of(last.at()));
        }
    }

    Table createTable(TablePath path, TableSpec spec, Origin origin) {
        return catalog(path).create(path, spec, origin);
    }

    /** Changes a table, if {@code basedOn} accepts its current version; another name renames it. */
    Table alterTable(TablePath path, Alteration wanted, LongConsumer basedOn, Origin origin) {
        Table current = table(path);
        basedOn.accept(current.version());
        return catalog(path).alter(current, wanted, origin);
    }

    void dropTable(TablePath path, Origin origin) {
        catalog(path).drop(path, origin);
    }

    /** Who reads a table that is about to be dropped, in a sentence; empty if nobody does. */
    List<String> affectedByDrop(TablePath path) {
        Optional<Table> table = catalog(path).find(path);
        return table.map(affected::byDrop).orElse(List.of());
    }

    /** Who reads what is in a database that is about to be dropped, in a sentence; empty if nobody does. */
    List<String> affectedByDrop(DatabasePath path) {
        return affected.byDrop(path.catalog(), Optional.of(path.database()));
    }

    /** Who reads columns that a change removes or makes in another way, in a sentence; empty if nobody does. */
    List<String> affectedByChange(TablePath path, Alteration next) {
        return affected.byChange(table(path), next);
    }

    /** Every connector of the catalogs that are there, sorted by name. */
    List<ConnectorDescriptor> connectors() {
        return catalogs().stream()
                .flatMap(catalog -> catalog.connectors().choices().stream())
                .distinct()
                .sorted(Comparator.comparing(ConnectorDescriptor::connector)
                        .thenComparing(ConnectorDescriptor::catalog))
                .toList();
    }

    /** What hints may change of a table of this connector. */
    List<String> hintable(String connector) {
        return connectors().stream()
                .filter(each -> each.connector().equals(connector))
                .flatMap(each -> each.hintableKeys().stream())
                .distinct()
                .toList();
    }

    /**
     * A table that may be known of old.
     *
     * @param asOf when its store was last seen to have it so, if the store does not answer now
     */
    record Known(Table table, Optional<Instant> asOf) {}
}
