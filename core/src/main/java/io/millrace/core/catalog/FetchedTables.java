package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the metastore knows of tables whose structure lives in a store of their own, apart from what {@link Metastore}
 * keeps of all tables. SQL and in-memory, one contract test. Everything may be repeated.
 */
public interface FetchedTables {
    /** The table that the store behind {@code catalog} names {@code key}; a dropped one is not found. */
    Optional<Seen> find(CatalogName catalog, String key);

    /** {@link #find} for several: those that are there, by key. */
    Map<String, Seen> find(CatalogName catalog, Collection<String> keys);

    /** Those of a database, by key, without their structure and without those that were dropped. */
    Map<String, Stamped> stamps(DatabasePath database);

    /** Those of a catalog that are known, each as of when its store was last seen to have it. Sorted by name. */
    List<Database> known(CatalogName catalog);

    /** Those of a database that came from a store, each as of when the store was last seen to have it. Sorted by name. */
    List<ListedTable> known(DatabasePath database, TableFilter filter);

    /**
     * Writes down tables of one database in their first versions, all at once. Answers which; left out are those whose
     * names are taken, and all if there is no such database.
     */
    Set<TableId> create(DatabasePath database, List<Seen> tables, Change change);

    /** Notes that the store was asked and has the table as it is kept. Nothing happens if it was dropped meanwhile. */
    void seen(TableId id, String stamp, Instant at);

    /** Writes other comments, and keys of columns, into the same version; nothing happens if there is a newer one. */
    void amend(Table same);

    /**
     * A table as a scan needs it.
     *
     * @param stamp what the store gave with it at its last scan; empty if it was not part of one
     */
    record Stamped(TableRef ref, TablePath path, String stamp) {
        public Stamped {
            requireNonNull(ref, "ref");
            requireNonNull(path, "path");
            requireNonNull(stamp, "stamp");
        }
    }

    /**
     * A table, and when its store was last seen to have it so.
     *
     * @param stamp what the store gave with it at its last scan; empty if it was not part of one
     */
    record Seen(Table table, Instant at, String stamp) {
        public Seen {
            requireNonNull(table, "table");
            requireNonNull(at, "at");
            requireNonNull(stamp, "stamp");
        }
    }
}
