package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.FunctionVersion;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Metastore.Outcome;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.error.Flaw;
import io.millrace.core.lineage.Callers;
import io.millrace.server.access.Guard;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Use cases on registered functions. They are kept here for every catalog, whatever its store is. Whether a class may be
 * named is not decided here: see {@link FunctionCheck}.
 */
public final class FunctionService {
    private final CatalogService catalogs;
    private final FunctionStore store;
    private final Metastore metastore;
    private final Callers callers;
    private final Guard guard;
    private final Clock clock;

    FunctionService(
            CatalogService catalogs,
            FunctionStore store,
            Metastore metastore,
            Callers callers,
            Guard guard,
            Clock clock) {
        this.catalogs = requireNonNull(catalogs, "catalogs");
        this.store = requireNonNull(store, "store");
        this.metastore = requireNonNull(metastore, "metastore");
        this.callers = requireNonNull(callers, "callers");
        this.guard = requireNonNull(guard, "guard");
        this.clock = requireNonNull(clock, "clock");
    }

    List<RegisteredFunction> list(DatabasePath database, TableFilter filter) {
        List<RegisteredFunction> functions = shown(database, filter);
        return functions.isEmpty() ? shown(catalogs.database(database).path(), filter) : functions;
    }

    private List<RegisteredFunction> shown(DatabasePath database, TableFilter filter) {
        if (guard.rights().all()) {
            return store.list(database, filter);
        }
        return store.list(database, new TableFilter(filter.text(), filter.after(), Integer.MAX_VALUE)).stream()
                .filter(this::describable)
                .limit(filter.limit())
                .toList();
    }

    private boolean describable(RegisteredFunction function) {
        return guard.may(Privilege.DESCRIBE, CatalogObjects.of(function));
    }

    private boolean isFound(RegisteredFunction function) {
        return guard.finds(CatalogObjects.of(function));
    }

    /** All that are kept here, without a question to the database's store; none if there is no such database. */
    List<RegisteredFunction> kept(DatabasePath database) {
        return shown(database, TableFilter.ALL);
    }

    RegisteredFunction get(FunctionPath path) {
        return store.find(path).filter(this::isFound).orElseThrow(() -> {
            catalogs.catalog(path.parent().catalog()); // which says so if there is no such catalog
            return CatalogFailures.noFunction(path);
        });
    }

    /** What {@link #create} would make; fails as it would, and makes nothing. */
    RegisteredFunction checkNew(FunctionPath path, String className) {
        RegisteredFunction function =
                new RegisteredFunction(new FunctionId(UUID.randomUUID().toString()), path, named(path, className), 1);
        Database unused = catalogs.database(path.parent());
        guard.require(Privilege.CREATE, CatalogObjects.of(path.parent()));
        if (store.find(path).isPresent()) {
            throw CatalogFailures.functionExists(path);
        }
        return function;
    }

    RegisteredFunction create(FunctionPath path, String className, Origin origin) {
        RegisteredFunction function = checkNew(path, className);
        Change change = change(Cause.CREATED, "created", origin);
        Outcome outcome = store.create(function, change);
        if (outcome == Outcome.MISSING) {
            // A database of a store is a row here as soon as something of it is kept.
            metastore.createDatabase(catalogs.database(path.parent()), clock.instant());
            outcome = store.create(function, change);
        }
        return switch (outcome) {
            case DONE -> owned(function);
            case NAME_TAKEN -> throw CatalogFailures.functionExists(path);
            case MISSING, NOT_EMPTY, STALE -> throw CatalogFailures.noDatabase(path.parent());
        };
    }

    private RegisteredFunction owned(RegisteredFunction made) {
        guard.own(CatalogObjects.of(made));
        return made;
    }

    /** What {@link #alter} would make of it; changes nothing. */
    RegisteredFunction checkAlter(FunctionPath path, String className, LongConsumer basedOn) {
        RegisteredFunction current = get(path);
        guard.require(Privilege.ALTER, CatalogObjects.of(current));
        basedOn.accept(current.version());
        return current.as(named(path, className));
    }

    RegisteredFunction alter(FunctionPath path, String className, LongConsumer basedOn, Origin origin) {
        RegisteredFunction current = get(path);
        RegisteredFunction next = checkAlter(path, className, basedOn);
        String summary = "class `" + current.className() + "` → `" + className + "`";
        if (store.replace(next, change(Cause.ALTERED, summary, origin)) != Outcome.DONE) {
            throw CatalogFailures.stale(path);
        }
        return next;
    }

    void drop(FunctionPath path, LongConsumer basedOn, Origin origin) {
        RegisteredFunction current = get(path);
        guard.require(Privilege.DROP, CatalogObjects.of(current));
        basedOn.accept(current.version());
        if (store.drop(current, change(Cause.DROPPED, "dropped", origin)) != Outcome.DONE) {
            throw CatalogFailures.stale(path);
        }
    }

    /** Newest first. */
    List<FunctionVersion> versions(FunctionPath path, long before, int limit) {
        return store.versions(get(path).id(), before, limit);
    }

    /** Newest first. */
    List<FunctionVersion> dropped(DatabasePath database, int offset, int limit) {
        DatabasePath there = catalogs.database(database).path();
        return guard.rights().all()
                ? store.dropped(there, offset, limit)
                : store.dropped(there, 0, Integer.MAX_VALUE).stream()
                        .filter(version -> describable(version.function()))
                        .skip(offset)
                        .limit(limit)
                        .toList();
    }

    /** Brings back a dropped function, under another name if one is given. */
    RegisteredFunction restore(DatabasePath database, FunctionId id, Optional<FunctionName> newName, Origin origin) {
        RegisteredFunction dropped = store.dropped(id)
                .map(FunctionVersion::function)
                .filter(each -> each.path().parent().equals(database) && isFound(each))
                .orElseThrow(() -> CatalogFailures.functionNotDropped(database, id));
        guard.require(Privilege.CREATE, CatalogObjects.of(database));
        FunctionName name = newName.orElse(dropped.path().function());
        FunctionPath path = database.function(name);
        return switch (store.restore(id, name, change(Cause.RESTORED, "restored", origin))) {
            case DONE -> get(path);
            case NAME_TAKEN -> throw CatalogFailures.restoredNameTaken(path, freeName(path));
            case MISSING, STALE, NOT_EMPTY -> throw CatalogFailures.functionNotDropped(database, id);
        };
    }

    /** Who calls a function that is about to be dropped or changed, in a sentence; empty if nobody does. */
    List<String> affected(FunctionPath path) {
        return store.find(path).filter(this::describable).isEmpty()
                ? List.of()
                : Affected.byMakers("Function '" + path + "' is called", callers.of(path), guard.rights());
    }

    private static String named(FunctionPath path, String className) {
        if (!RegisteredFunction.isClassName(className)) {
            throw CatalogFailures.functionInvalid(
                    path,
                    Flaw.at(
                            "/className",
                            "'" + className + "' is not the name of a class.",
                            "Write it as Java's class loader does, such as com.example.Outer$Inner."));
        }
        return className;
    }

    private FunctionName freeName(FunctionPath taken) {
        return Stream.iterate(2, n -> n + 1)
                .map(n -> new FunctionName(taken.function().value() + "_" + n))
                .filter(name -> store.find(taken.parent().function(name)).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private Change change(Cause cause, String summary, Origin origin) {
        return new Change(cause, summary, origin, clock.instant());
    }
}
