package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Metastore.Outcome;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Overlay;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableDiff;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.catalog.RemoteStore.Head;
import io.millrace.server.catalog.RemoteStore.RemoteTable;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Identities, versions and history of the tables of one fetched catalog. Tables are told apart by their keys in the
 * store, so a rename there is followed; what differs from the last version becomes the next one. Two callers that see
 * the same difference write it once.
 */
final class FetchedMemory {
    private static final int ATTEMPTS = 5;
    private static final String FIRST_SEEN = "first seen in the store";
    private static final Duration SEEN_ENOUGH = Duration.ofMinutes(1);

    private final CatalogName name;
    private final RemoteStore store;
    private final Outage outage;
    private final Metastore metastore;
    private final FetchedTables fetched;
    private final Clock clock;

    FetchedMemory(
            CatalogName name,
            RemoteStore store,
            Outage outage,
            Metastore metastore,
            FetchedTables fetched,
            Clock clock) {
        this.name = requireNonNull(name, "name");
        this.store = requireNonNull(store, "store");
        this.outage = requireNonNull(outage, "outage");
        this.metastore = requireNonNull(metastore, "metastore");
        this.fetched = requireNonNull(fetched, "fetched");
        this.clock = requireNonNull(clock, "clock");
    }

    /** What {@code ref} names, if it is the newest version. */
    Optional<Table> table(TableRef ref) {
        return metastore.table(ref.id()).filter(table -> table.ref().equals(ref));
    }

    /** The newest version, and when the store was last seen to have it. */
    Optional<Catalog.LastKnown> lastKnown(TablePath path) {
        return metastore
                .table(path)
                .flatMap(Table::remoteKey)
                .flatMap(key -> fetched.find(name, key))
                .map(seen -> new Catalog.LastKnown(seen.table(), seen.at()));
    }

    /** The databases that the store just showed, all of them; they are known from now on. */
    List<Database> saw(List<Database> there) {
        Set<DatabasePath> gone =
                metastore.databases(name).stream().map(Database::path).collect(Collectors.toCollection(HashSet::new));
        for (Database database : there) {
            if (!gone.remove(database.path())) {
                metastore.createDatabase(database, clock.instant());
            }
        }
        // One with tables stays until they are missed: it may have another name now, and they follow.
        gone.forEach(path -> metastore.dropDatabase(path, false, change(Cause.DROPPED, "no longer in the store")));
        return there;
    }

    /** The table that the store just showed, with its identity; what is new about it is written down. */
    Table recall(RemoteTable remote) {
        return recall(remote, fetched.find(name, remote.key()));
    }

    /** What is known of the tables of these keys in the store, for {@link #recall(RemoteTable, Optional)}. */
    Map<String, FetchedTables.Seen> known(Collection<String> keys) {
        return fetched.find(name, keys);
    }

    /** The same, for a caller that has just looked what is known of it. */
    Table recall(RemoteTable remote, Optional<FetchedTables.Seen> seen) {
        Change change = change(Cause.CREATED, FIRST_SEEN);
        Optional<FetchedTables.Seen> known = seen;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Table> done = known.isEmpty() ? first(remote, remote.spec(), change) : again(known.get(), remote);
            if (done.isPresent()) {
                return done.get();
            }
            known = fetched.find(name, remote.key());
        }
        throw CatalogFailures.stale(remote.path());
    }

    /** Writes down tables of a database that the store just showed and that are not known; those that it could, by key. */
    Map<String, Table> first(DatabasePath database, List<RemoteStore.Scanned> shown) {
        if (shown.isEmpty()) {
            return Map.of();
        }
        Change change = change(Cause.CREATED, FIRST_SEEN);
        List<FetchedTables.Seen> tables = shown.stream()
                .map(each -> new FetchedTables.Seen(
                        asNew(
                                each.table().orElseThrow(),
                                each.table().orElseThrow().spec()),
                        change.at(),
                        each.head().stamp()))
                .toList();
        Set<TableId> created = fetched.create(database, tables, change);
        return tables.stream()
                .map(FetchedTables.Seen::table)
                .filter(table -> created.contains(table.id()))
                .collect(Collectors.toMap(table -> table.remoteKey().orElseThrow(), table -> table));
    }

    /** A table that was just created in the store, with what the platform lays over it. */
    Table created(RemoteTable remote, TableSpec whole, Origin origin) {
        Change change = new Change(Cause.CREATED, "created, in the store too", origin, clock.instant());
        missed(remote.path());
        Optional<Table> done = first(remote, whole, change).or(() -> first(remote, whole, change));
        if (done.isPresent()) {
            return done.get();
        }
        // Somebody saw it in the store before it was written here.
        Table seen = recall(remote);
        Alteration wanted = Alteration.of(remote.path().table(), whole);
        return whole.equals(seen.spec()) ? seen : altered(seen, remote, wanted, origin);
    }

    Table altered(Table known, RemoteTable after, Alteration change, Origin origin) {
        Alteration wanted = change.keyed(after.columnKeys());
        Table next = known.moved(after.path(), wanted);
        boolean renamed = !after.path().equals(known.path()) && wanted.spec().equals(known.spec());
        Cause cause = renamed ? Cause.RENAMED : Cause.ALTERED;
        return altered(
                known, after, wanted, new Change(cause, TableDiff.summary(known, next), origin, clock.instant()));
    }

    private Table altered(Table known, RemoteTable after, Alteration wanted, Change change) {
        Table basis = known;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Where the store cannot tell a renamed table from a new one, its key is another now.
            Table next = basis.moved(after.path(), wanted).keyed(after.key());
            Outcome outcome = metastore.replaceTable(next, change);
            if (outcome == Outcome.DONE) {
                return next;
            }
            makeWay(after.path(), outcome);
            // Somebody saw the change in the store before it was written here.
            basis = metastore.table(known.id()).orElseThrow(() -> CatalogFailures.stale(known.path()));
        }
        throw CatalogFailures.stale(known.path());
    }

    /** The store has no table of this name: one that we know was renamed or dropped there. */
    void missed(TablePath path) {
        Optional<Table> known = metastore.table(path);
        if (known.isEmpty()) {
            return;
        }
        Table table = known.get();
        Optional<Head> elsewhere = headOf(table);
        if (elsewhere.isEmpty()) {
            gone(table.id());
        } else if (!elsewhere.get().name().equals(path.table())) {
            move(table, path.parent().table(elsewhere.get().name()));
        }
    }

    /** The store does not have this table any more. */
    void gone(TableId id) {
        metastore.dropTable(id, change(Cause.DROPPED, "no longer in the store"));
    }

    void dropped(TablePath path, Origin origin) {
        metastore
                .table(path)
                .ifPresent(table -> metastore.dropTable(
                        table.id(), new Change(Cause.DROPPED, "dropped, in the store too", origin, clock.instant())));
    }

    void forget(DatabasePath database, Origin origin) {
        metastore.dropDatabase(
                database, true, new Change(Cause.DROPPED, "dropped with its database", origin, clock.instant()));
    }

    /** Empty if something is in the way that is gone now, or if somebody else was first. */
    private Optional<Table> first(RemoteTable remote, TableSpec whole, Change change) {
        Table table = asNew(remote, whole);
        Outcome outcome = metastore.createTable(table, change);
        if (outcome == Outcome.DONE) {
            return Optional.of(table);
        }
        if (outcome == Outcome.NAME_TAKEN
                && metastore
                        .table(remote.path())
                        .filter(each -> !each.remoteKey().equals(table.remoteKey()))
                        .isPresent()) {
            missed(remote.path());
        }
        makeWay(remote.path(), outcome);
        return Optional.empty();
    }

    private static Table asNew(RemoteTable remote, TableSpec whole) {
        TableId id = new TableId(UUID.randomUUID().toString());
        return Table.fetched(id, remote.path(), whole, remote.key(), remote.columnKeys());
    }

    private Optional<Table> again(FetchedTables.Seen seen, RemoteTable remote) {
        Table before = seen.table();
        TableSpec whole = Overlay.of(before.spec(), store::keeps)
                .renamed(before.renames(remote.columnKeys()))
                .over(remote.spec());
        Table next = before.moved(
                remote.path(), Alteration.of(remote.path().table(), whole).keyed(remote.columnKeys()));
        boolean sameColumns =
                next.columnIds().inOrder().equals(before.columnIds().inOrder());
        if (sameColumns && before.path().equals(remote.path()) && isSame(whole, before.spec())) {
            return Optional.of(same(seen, before.amended(next)));
        }
        String summary = TableDiff.summary(before, next) + " in the store";
        boolean renamed = sameColumns && whole.equals(before.spec());
        Outcome outcome = metastore.replaceTable(next, change(renamed ? Cause.RENAMED : Cause.DRIFT, summary));
        if (outcome == Outcome.NAME_TAKEN) {
            missed(remote.path());
        }
        makeWay(remote.path(), outcome);
        return outcome == Outcome.DONE ? Optional.of(next) : Optional.empty();
    }

    private static boolean isSame(TableSpec one, TableSpec other) {
        return one.equals(other) || one.uncommented().equals(other.uncommented());
    }

    /** What no plan depends on is written into the version that there is. */
    private Table same(FetchedTables.Seen seen, Table now) {
        if (!now.equals(seen.table())) {
            fetched.amend(now);
        } else if (seen.at().plus(SEEN_ENOUGH).isBefore(clock.instant())) {
            fetched.seen(now.id(), seen.stamp(), clock.instant());
        }
        return now;
    }

    private void move(Table table, TablePath to) {
        Table next = table.moved(to, Alteration.of(to.table(), table.spec()));
        String summary = TableDiff.summary(table, next) + " in the store";
        if (metastore.replaceTable(next, change(Cause.RENAMED, summary)) == Outcome.NAME_TAKEN) {
            // Names went round in a circle. This one is found again by its key, as a new table.
            metastore.dropTable(table.id(), change(Cause.DROPPED, "another table has its name in the store"));
        }
    }

    /** A database of the store is a row here as soon as it has one. */
    private void makeWay(TablePath path, Outcome outcome) {
        if (outcome == Outcome.MISSING) {
            metastore.createDatabase(new Database(path.parent(), ""), clock.instant());
        }
    }

    private Optional<Head> headOf(Table table) {
        try {
            String key = table.remoteKey().orElseThrow();
            return outage.watch(() -> store.head(table.path(), key));
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.DATABASE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Change change(Cause cause, String summary) {
        return new Change(cause, summary, Origin.STORE, clock.instant());
    }
}
