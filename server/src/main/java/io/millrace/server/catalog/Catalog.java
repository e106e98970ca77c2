package io.millrace.server.catalog;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
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

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One catalog of one kind of store. What cannot be done is thrown as a {@code MillraceException} that says why; a store
 * that does not answer as one with STORE_UNAVAILABLE. Every kind passes one contract test.
 */
interface Catalog {
    CatalogName name();

    /** What it is, to people. */
    About about();

    /** What its tables may be. */
    Connectors connectors();

    /** Empty if the store behind it answers, as far as this process knows, or if it has none that could be asked. */
    Optional<Outage.Down> outage();

    /** The same of what is behind one database. */
    default Optional<Outage.Down> outage(DatabasePath unused) {
        return outage();
    }

    /** That what is shown is what was known of a store that does not answer, and since when it does not. */
    default Optional<String> notice() {
        return outage().map(Outage.Down::notice);
    }

    /** For whoever is about to use tables of a database: that its store does not answer, and since when. */
    default Optional<String> notice(DatabasePath unused) {
        return notice();
    }

    /** Sorted by name. */
    List<Database> databases();

    void createDatabase(DatabaseName name, String comment);

    /** Drops the tables of the database too if {@code cascade}; otherwise the database must be empty. */
    void dropDatabase(DatabaseName name, boolean cascade, Origin origin);

    /** Sorted by name. Says less than {@link #find}, so that a table that cannot be mapped doesn't hide the others. */
    List<ListedTable> tables(DatabasePath database, TableFilter filter);

    default List<ListedTable> tables(DatabasePath database) {
        return tables(database, TableFilter.ALL);
    }

    Optional<Table> find(TablePath path);

    /**
     * {@link #find} for tables that are all about to be asked for, one by one and by one thread: answers with as few
     * round trips as there can be.
     */
    default Function<TablePath, Optional<Table>> finder(Collection<TablePath> paths) {
        return this::find;
    }

    /** A table that this process can show while the store behind it does not answer. */
    default Optional<LastKnown> lastKnown(TablePath path) {
        return Optional.empty();
    }

    /** Throws what is wrong with a table, as far as it can be said without asking the store. */
    void check(TablePath path, TableSpec spec);

    /** Throws if a table cannot have this name. */
    default void refuseName(TablePath path) {}

    /** The options that say where a table's rows are; none if the platform gave it a place of its own. */
    default Map<String, String> identity(Table table) {
        return Map.of();
    }

    /** Looks what became of the tables in the store; nothing happens if it knows none. */
    default void refresh(DatabasePath database, Refreshed result) {
        throw CatalogFailures.unsupported(
                "The tables of catalog '" + name() + "' are registered here, so there is nothing to refresh.");
    }

    Table create(TablePath path, TableSpec spec, Origin origin);

    /** Changes {@code current}, which {@link #find} gave; STALE_VERSION if it has changed since. */
    Table alter(Table current, Alteration wanted, Origin origin);

    void drop(TablePath path, Origin origin);

    /** The folder that this catalog gave a dropped table, if its files are not in a store of their own. */
    default Optional<OwnFolder> folder(DroppedTable table) {
        return Optional.empty();
    }

    /**
     * The real connector's options of a table, secrets included. Empty when this catalog has no such table or has it in
     * another version.
     */
    Optional<Map<String, String>> resolve(TableRef ref);

    /** {@link #resolve} for tables of this catalog that are the newest versions in the metastore. See {@link #finder}. */
    Function<Table, Optional<Map<String, String>>> resolver(Collection<Table> newest);

    /** The kind of store behind a catalog, and a sentence about it. */
    record About(String kind, String comment) {}

    /** A table as it was last seen. */
    record LastKnown(Table table, Instant at) {}
}
