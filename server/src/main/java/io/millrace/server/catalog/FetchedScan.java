package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.FetchedTables.Stamped;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.server.catalog.RemoteStore.Head;
import io.millrace.server.catalog.RemoteStore.RemoteTable;
import io.millrace.server.catalog.RemoteStore.Scanned;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at all tables of a store, and asks only for the structure of those whose stamp is another than last time. */
final class FetchedScan {
    private final RemoteStore store;
    private final Outage outage;
    private final FetchedMemory memory;
    private final FetchedTables fetched;
    private final Clock clock;

    FetchedScan(RemoteStore store, Outage outage, FetchedMemory memory, FetchedTables fetched, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.outage = requireNonNull(outage, "outage");
        this.memory = requireNonNull(memory, "memory");
        this.fetched = requireNonNull(fetched, "fetched");
        this.clock = requireNonNull(clock, "clock");
    }

    void refresh(DatabasePath database, Refreshed result) {
        List<Head> heads = outage.watch(() -> store.heads(database));
        Map<String, Stamped> known = fetched.stamps(database);
        Set<String> there = heads.stream().map(Head::key).collect(Collectors.toSet());
        known.forEach((key, table) -> {
            if (!there.contains(key)) {
                memory.gone(table.ref().id());
                result.gone(table.path());
            }
        });
        Set<TableName> wanted = heads.stream()
                .filter(head -> !isAsKept(head, known.get(head.key())))
                .map(Head::name)
                .collect(Collectors.toSet());
        result.unchanged(heads.size() - wanted.size());
        if (!wanted.isEmpty()) {
            outage.watch(() -> {
                store.scan(database, wanted, scanned -> take(database, scanned, known, result));
                return database;
            });
        }
    }

    private static boolean isAsKept(Head head, @Nullable Stamped kept) {
        return kept != null
                && kept.stamp().equals(head.stamp())
                && kept.path().table().equals(head.name());
    }

    private void take(DatabasePath database, Scanned scanned, Map<String, Stamped> known, Refreshed result) {
        Head head = scanned.head();
        TablePath path = database.table(head.name());
        if (scanned.flaw().isPresent()) {
            result.unmappable(path, scanned.flaw().get());
            return;
        }
        Table now =
                memory.recall(new RemoteTable(path, head.key(), scanned.spec().orElseThrow()));
        fetched.seen(now.id(), head.stamp(), clock.instant());
        Stamped before = known.get(head.key());
        if (before == null) {
            result.added(path);
        } else if (before.ref().equals(now.ref())) {
            result.unchanged(1);
        } else {
            result.changed(path);
        }
    }
}
