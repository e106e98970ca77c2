package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.catalog.RemoteStore.Scanned;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds several tables of a store with one look at each of their databases. What such a look does not show is asked for
 * alone, so that the answers and failures are the same.
 */
final class FetchedFinder implements Function<TablePath, Optional<Table>> {
    private final RemoteStore store;
    private final Outage outage;
    private final FetchedMemory memory;
    private final Function<TablePath, Optional<Table>> single;
    private final Map<DatabasePath, Set<TableName>> wanted;
    private final Map<TablePath, Scanned> seen = new HashMap<>();
    private final Map<String, FetchedTables.Seen> known = new HashMap<>();
    private final Set<DatabasePath> scanned = new HashSet<>();

    FetchedFinder(
            RemoteStore store,
            Outage outage,
            FetchedMemory memory,
            Function<TablePath, Optional<Table>> single,
            Collection<TablePath> paths) {
        this.store = requireNonNull(store, "store");
        this.outage = requireNonNull(outage, "outage");
        this.memory = requireNonNull(memory, "memory");
        this.single = requireNonNull(single, "single");
        this.wanted = paths.stream()
                .collect(Collectors.groupingBy(
                        TablePath::parent, Collectors.mapping(TablePath::table, Collectors.toSet())));
    }

    @Override
    public Optional<Table> apply(TablePath path) {
        DatabasePath database = path.parent();
        Set<TableName> together = wanted.getOrDefault(database, Set.of());
        if (together.size() > 1 && scanned.add(database)) {
            scan(database, together);
        }
        Scanned one = seen.get(path);
        return one == null || one.table().isEmpty()
                ? single.apply(path)
                : Optional.of(memory.recall(
                        one.table().get(),
                        Optional.ofNullable(known.get(one.head().key()))));
    }

    private void scan(DatabasePath database, Set<TableName> together) {
        Map<String, Scanned> shown = new HashMap<>();
        try {
            outage.watch(() -> {
                store.scan(database, together, each -> shown.put(each.head().key(), each));
                return database;
            });
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            return; // There may be no such database: asking for the table alone says what that means.
        }
        shown.values().forEach(each -> seen.put(database.table(each.head().name()), each));
        known.putAll(memory.known(shown.keySet()));
    }
}
