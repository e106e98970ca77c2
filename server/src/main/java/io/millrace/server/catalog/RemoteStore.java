package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store that knows the structure of its own tables: what it says of them now, and how they are changed there. It
 * remembers nothing; identities, versions and history belong to the catalog above it. A store that does not answer is
 * STORE_UNAVAILABLE within ten seconds. Used by several threads.
 */
interface RemoteStore extends AutoCloseable {
    Catalog.About about();

    /** Sorted by name; those that belong to the store's own system are left out. */
    List<Database> databases();

    void createDatabase(DatabasePath path, String comment);

    /** Drops the tables of the database too if {@code cascade}; otherwise it must be empty. */
    void dropDatabase(DatabasePath path, boolean cascade);

    /**
     * The wanted tables without their structure, sorted by name, in few round trips however many there are;
     * DATABASE_NOT_FOUND if there is no such database. Comments are left out where they would have to be asked for one by
     * one.
     */
    List<ListedTable> tables(DatabasePath database, TableFilter filter);

    /** All tables without their structure, sorted by name; DATABASE_NOT_FOUND if there is no such database. */
    List<Head> heads(DatabasePath database);

    /**
     * The table in the database of {@code last} that has this key, which may have another name now; empty as well if that
     * cannot be told without looking at too many.
     */
    Optional<Head> head(TablePath last, String key);

    /** TYPE_UNSUPPORTED or TABLE_INVALID, naming the column, if Flink cannot have the table. */
    Optional<RemoteTable> find(TablePath path);

    /** The structure of several tables of one database, in as few round trips as the store allows. */
    void scan(DatabasePath database, Set<TableName> tables, Consumer<Scanned> each);

    RemoteTable create(TablePath path, TableSpec spec);

    /** Changes {@code current}, which {@link #find} gave just now; STALE_VERSION if it has changed since. */
    RemoteTable alter(RemoteTable current, TableName name, TableSpec next);

    void drop(TablePath path);

    /** Whether the store itself keeps this option of a table; the platform keeps the others. */
    default boolean keeps(String option) {
        return false;
    }

    /** Whether {@link #platformOptions}, or Flink's connector when it is planned, asks the store for more of a table. */
    boolean isAskedForOptions();

    /** The options of Flink's real connector that come from the connection, secrets included. */
    Map<String, String> platformOptions(Table table);

    @Override
    void close();

    /**
     * A table in a list.
     *
     * @param key names the table in its store, across renames where the store can tell
     * @param stamp differs whenever the structure may have changed
     */
    record Head(TableName name, String key, String stamp, String comment) {
        public Head {
            requireNonNull(name, "name");
            requireNonNull(key, "key");
            requireNonNull(stamp, "stamp");
            requireNonNull(comment, "comment");
        }
    }

    /**
     * A table as the store has it: physical columns with Flink's types, primary key, partitioning, comments.
     *
     * @param columnKeys what the store calls each column across renames, by their names; never given to another column of
     *     the table of this key. Empty if the store has no such thing
     */
    record RemoteTable(TablePath path, String key, TableSpec spec, Map<String, String> columnKeys) {
        public RemoteTable {
            requireNonNull(path, "path");
            requireNonNull(key, "key");
            requireNonNull(spec, "spec");
            columnKeys = Map.copyOf(columnKeys);
        }

        /** Of a store that cannot tell a renamed column from a new one. */
        public RemoteTable(TablePath path, String key, TableSpec spec) {
            this(path, key, spec, Map.of());
        }
    }

    /** One table of a {@link #scan}: its structure, or why Flink cannot have it. */
    record Scanned(Head head, Optional<RemoteTable> table, Optional<MillraceException> flaw) {
        public Scanned {
            requireNonNull(head, "head");
            if (table.isPresent() == flaw.isPresent()) {
                throw new IllegalArgumentException("either a structure or a flaw");
            }
        }
    }
}
