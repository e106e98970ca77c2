package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableHistory;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.TableVersion;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.Guard;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Use cases on single tables for users: what they are, were and would be. */
public final class TableService {
    private final CatalogService catalogs;
    private final TableHistory history;
    private final SqlCatalogSearch search;
    private final Twins twins;
    private final Guard guard;
    private final Clock clock;

    TableService(
            CatalogService catalogs,
            TableHistory history,
            SqlCatalogSearch search,
            Twins twins,
            Guard guard,
            Clock clock) {
        this.catalogs = requireNonNull(catalogs, "catalogs");
        this.history = requireNonNull(history, "history");
        this.search = requireNonNull(search, "search");
        this.twins = requireNonNull(twins, "twins");
        this.guard = requireNonNull(guard, "guard");
        this.clock = requireNonNull(clock, "clock");
    }

    /** A table as it is; as it was last seen if its store does not answer. */
    Described describe(TablePath path) {
        CatalogService.Known known = catalogs.known(path);
        List<TablePath> same = known.asOf().isPresent() ? List.of() : twins(known.table());
        return new Described(known.table(), known.asOf(), same);
    }

    /** What else is over the data of a table that was just created, in a sentence; empty if nothing is. */
    List<String> sharing(Table created) {
        List<TablePath> others = twins(created);
        return others.isEmpty()
                ? List.of()
                : List.of("Table '" + created.path() + "' is over the same data as "
                        + others.stream().map(TablePath::toString).collect(Collectors.joining(", ")) + ".");
    }

    private List<TablePath> twins(Table table) {
        List<TablePath> all = twins.of(catalogs.catalog(table.path().parent().catalog()), table);
        return guard.rights().all() ? all : all.stream().filter(this::isThere).toList();
    }

    private boolean isThere(TablePath path) {
        return catalogs.catalogs().stream()
                .filter(catalog -> catalog.name().equals(path.parent().catalog()))
                .anyMatch(catalog -> catalog.find(path).isPresent());
    }

    /** Says what is wrong with a table that somebody wants to create, and creates nothing. */
    void checkNew(TablePath path, TableSpec spec) {
        Catalog catalog = catalogs.catalog(path.parent().catalog());
        catalog.check(path, spec);
        catalogs.database(path.parent());
        if (catalog.find(path).isPresent()) {
            throw CatalogFailures.tableExists(path);
        }
    }

    /** Says what is wrong with a change, and changes nothing. */
    Table checkChange(TablePath path, Alteration wanted, LongConsumer basedOn) {
        Table current = catalogs.table(path);
        basedOn.accept(current.version());
        catalogs.catalog(path.parent().catalog())
                .check(path.parent().table(wanted.name()), wanted.spec().keepingConnectorOf(current.spec()));
        return current.changed(wanted);
    }

    /** Changes comments only: the table's if there is one, and those of the named columns. An empty one removes it. */
    Table comment(
            TablePath path, Optional<String> own, Map<String, String> ofColumns, LongConsumer basedOn, Origin origin) {
        TableSpec spec = catalogs.table(path).spec();
        Set<String> unknown = new HashSet<>(ofColumns.keySet());
        spec.columns().forEach(column -> unknown.remove(column.name()));
        if (!unknown.isEmpty()) {
            throw CatalogFailures.noColumns(path, unknown);
        }
        List<Column> columns = spec.columns().stream()
                .map(column -> ofColumns.containsKey(column.name())
                        ? column.commented(present(ofColumns.get(column.name())))
                        : column)
                .toList();
        Optional<String> comment = own.isPresent() ? own.flatMap(TableService::present) : spec.comment();
        return catalogs.alterTable(path, Alteration.of(path.table(), spec.with(columns, comment)), basedOn, origin);
    }

    void drop(TablePath path, LongConsumer basedOn, Origin origin) {
        basedOn.accept(catalogs.table(path).version());
        catalogs.dropTable(path, origin);
    }

    /** Newest first; if there is no table of this name, those of the one that was dropped last. */
    List<TableVersion> versions(TablePath path, long before, int limit) {
        return history.versions(thereOrDropped(path), before, limit);
    }

    private TableId thereOrDropped(TablePath path) {
        try {
            return describe(path).table().id();
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.TABLE_NOT_FOUND) {
                throw e;
            }
            return history.lastDropped(path)
                    .filter(this::isFound)
                    .map(DroppedTable::id)
                    .orElseThrow(() -> e);
        }
    }

    /** Newest first. */
    List<DroppedTable> dropped(DatabasePath database, int offset, int limit) {
        DatabasePath there = catalogs.database(database).path();
        return guard.rights().all()
                ? history.dropped(there, offset, limit)
                : history.dropped(there, 0, Integer.MAX_VALUE).stream()
                        .filter(this::describable)
                        .skip(offset)
                        .limit(limit)
                        .toList();
    }

    private boolean describable(DroppedTable table) {
        return guard.may(Privilege.DESCRIBE, CatalogObjects.table(table.id(), table.path()));
    }

    private boolean isFound(DroppedTable table) {
        return guard.finds(CatalogObjects.table(table.id(), table.path()));
    }

    /** Brings back a dropped table, under another name if one is given. */
    Table restore(DatabasePath database, TableId id, Optional<TableName> newName, Origin origin) {
        DroppedTable dropped = history.dropped(id)
                .filter(each -> each.path().parent().equals(database) && isFound(each))
                .orElseThrow(() -> CatalogFailures.notDropped(database, id));
        guard.require(Privilege.CREATE, CatalogObjects.of(database));
        if (dropped.fetched()) {
            throw CatalogFailures.unsupported("Table '" + dropped.path()
                    + "' was dropped in its store, and its rows with it. It cannot be restored here.");
        }
        TableName name = newName.orElse(dropped.path().table());
        TablePath path = database.table(name);
        Predicate<TableName> free = wanted -> catalogs.catalog(database.catalog())
                .find(database.table(wanted))
                .isEmpty();
        catalogs.catalog(database.catalog()).refuseName(path);
        var change = new Change(Change.Cause.RESTORED, "restored", origin, clock.instant());
        return switch (history.restore(id, name, change)) {
            case DONE -> catalogs.table(path);
            case NAME_TAKEN -> throw CatalogFailures.restoredNameTaken(path, freeName(name, free));
            case MISSING, STALE, NOT_EMPTY -> throw CatalogFailures.notDropped(database, id);
        };
    }

    /** Asks a store for all its tables, or those of one database. */
    Refreshed refresh(CatalogName name, Optional<DatabaseName> only) {
        Catalog catalog = catalogs.catalog(name);
        List<DatabasePath> wanted = only.map(database -> List.of(new DatabasePath(name, database)))
                .orElseGet(
                        () -> catalog.databases().stream().map(Database::path).toList());
        Refreshed result = new Refreshed();
        wanted.forEach(database -> catalog.refresh(database, result));
        return result;
    }

    List<Found> search(List<String> words, Found.Place after, int limit) {
        List<String> names = catalogs.catalogs().stream()
                .map(catalog -> catalog.name().value())
                .toList();
        List<Found> shown = new ArrayList<>();
        Found.Place place = after;
        while (true) {
            List<Found> some = search.search(words, names, place, limit);
            some.stream()
                    .filter(found -> guard.may(Privilege.DESCRIBE, found.object()))
                    .forEach(shown::add);
            if (some.size() < limit || shown.size() >= limit) {
                return shown.stream().limit(limit).toList();
            }
            place = some.get(some.size() - 1).place();
        }
    }

    private static TableName freeName(TableName taken, Predicate<TableName> free) {
        return Stream.iterate(2, n -> n + 1)
                .map(n -> new TableName(taken.value() + "_" + n))
                .filter(free)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    /**
     * A table for users.
     *
     * @param asOf when its store was last seen to have it so, if the store does not answer now
     * @param twins other tables over the same topic or path
     */
    record Described(Table table, Optional<Instant> asOf, List<TablePath> twins) {}
}
