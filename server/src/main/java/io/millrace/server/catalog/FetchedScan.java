package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.FetchedTables.Seen;
import io.millrace.core.catalog.FetchedTables.Stamped;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.server.catalog.RemoteStore.Head;
import io.millrace.server.catalog.RemoteStore.Scanned;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at all tables of a store, and asks only for the structure of those whose stamp is another than last time. */
final class FetchedScan {
    /** So many tables are written down at once. */
    private static final int TOGETHER = 500;

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
            List<Scanned> some = new ArrayList<>();
            outage.watch(() -> {
                store.scan(database, wanted, scanned -> {
                    some.add(scanned);
                    if (some.size() == TOGETHER) {
                        take(database, some, known, result);
                        some.clear();
                    }
                });
                return database;
            });
            take(database, some, known, result);
        }
    }

    private static boolean isAsKept(Head head, @Nullable Stamped kept) {
        return kept != null
                && kept.stamp().equals(head.stamp())
                && kept.path().table().equals(head.name());
    }

    private void take(DatabasePath database, List<Scanned> some, Map<String, Stamped> known, Refreshed result) {
        some.forEach(each -> each.flaw()
                .ifPresent(flaw -> result.unmappable(database.table(each.head().name()), flaw)));
        List<Scanned> sound =
                some.stream().filter(each -> each.table().isPresent()).toList();
        Map<String, Seen> kept =
                memory.known(sound.stream().map(each -> each.head().key()).toList());
        Map<String, Table> made = memory.first(
                database,
                sound.stream()
                        .filter(each -> !kept.containsKey(each.head().key()))
                        .toList());
        for (Scanned each : sound) {
            String key = each.head().key();
            if (made.containsKey(key)) {
                result.added(made.get(key).path());
            } else {
                take(database, each, Optional.ofNullable(kept.get(key)), known, result);
            }
        }
    }

    private void take(
            DatabasePath database, Scanned one, Optional<Seen> kept, Map<String, Stamped> known, Refreshed result) {
        Head head = one.head();
        TablePath path = database.table(head.name());
        Table now = memory.recall(one.table().orElseThrow(), kept);
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
