package io.millrace.core.catalog;

import io.millrace.core.catalog.Metastore.Outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model of a store of functions; passes {@link FunctionStoreContract}. Its databases are those of a metastore. */
public final class InMemoryFunctionStore implements FunctionStore {
    private final InMemoryMetastore metastore;
    private final Map<FunctionId, RegisteredFunction> functions = new LinkedHashMap<>();
    private final Map<FunctionId, List<FunctionVersion>> versions = new LinkedHashMap<>();

    InMemoryFunctionStore(InMemoryMetastore metastore) {
        this.metastore = metastore;
    }

    @Override
    public synchronized Outcome create(RegisteredFunction function, Change change) {
        if (!metastore.has(function.path().parent())) {
            return Outcome.MISSING;
        }
        if (find(function.path()).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        functions.put(function.id(), function);
        return remember(function, change);
    }

    @Override
    public synchronized Outcome replace(RegisteredFunction next, Change change) {
        RegisteredFunction current = functions.get(next.id());
        if (current == null || current.version() != next.version() - 1) {
            return Outcome.STALE;
        }
        functions.put(next.id(), next);
        return remember(next, change);
    }

    @Override
    public synchronized Outcome drop(RegisteredFunction current, Change change) {
        if (!functions.remove(current.id(), current)) {
            return Outcome.STALE;
        }
        return remember(current.as(current.className()), change);
    }

    /** Drops what a database has, with it. */
    synchronized void dropAllOf(DatabasePath database, Change change) {
        list(database, TableFilter.ALL).forEach(function -> drop(function, change));
    }

    @Override
    public synchronized Optional<RegisteredFunction> find(FunctionPath path) {
        return functions.values().stream()
                .filter(each -> each.path().equals(path))
                .findFirst();
    }

    @Override
    public synchronized List<RegisteredFunction> list(DatabasePath database, TableFilter filter) {
        return functions.values().stream()
                .filter(each -> each.path().parent().equals(database))
                .filter(each -> filter.takes(each.path().function()))
                .sorted(Comparator.comparing(each -> each.path().function()))
                .limit(filter.limit())
                .toList();
    }

    @Override
    public synchronized List<FunctionVersion> versions(FunctionId id, long before, int limit) {
        return versions.getOrDefault(id, List.of()).stream()
                .filter(each -> each.function().version() < before)
                .sorted(Comparator.comparing(
                                (FunctionVersion each) -> each.function().version())
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<FunctionVersion> dropped(DatabasePath database, int offset, int limit) {
        return versions.keySet().stream()
                .flatMap(id -> dropped(id).stream())
                .filter(each -> each.function().path().parent().equals(database))
                .sorted(Comparator.comparing(
                                (FunctionVersion each) -> each.change().at())
                        .reversed())
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<FunctionVersion> dropped(FunctionId id) {
        return versions(id, Long.MAX_VALUE, 1).stream()
                .filter(last -> !functions.containsKey(id))
                .filter(last -> metastore.has(last.function().path().parent()))
                .findFirst();
    }

    @Override
    public synchronized Outcome restore(FunctionId id, FunctionName name, Change change) {
        Optional<RegisteredFunction> back =
                dropped(id).map(last -> last.function().named(name));
        if (back.isEmpty()) {
            return Outcome.MISSING;
        }
        if (find(back.get().path()).isPresent()) {
            return Outcome.NAME_TAKEN;
        }
        functions.put(id, back.get());
        return remember(back.get(), change);
    }

    private Outcome remember(RegisteredFunction function, Change change) {
        versions.computeIfAbsent(function.id(), id -> new ArrayList<>()).add(new FunctionVersion(function, change));
        return Outcome.DONE;
    }
}
