package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.Flaw;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs between the stores behind registered catalogs. No I/O but {@link #pulse}'s. */
interface Store {
    Catalog.About about();

    /** The databases that are always there. */
    List<Database> fixedDatabases(CatalogName catalog);

    /** Whether there are no other databases than those, so that what the metastore has besides is gone. */
    default boolean hasOnlyFixedDatabases() {
        return false;
    }

    /** Throws if users cannot create this database. */
    void refuseDatabase(DatabasePath path);

    /** Throws if a table cannot have this name. */
    void refuseName(TablePath path);

    /** What this place does not allow of a table, besides what its connector says. */
    default List<Flaw> check(TablePath path, TableSpec spec) {
        return List.of();
    }

    /** Where a new table's data goes, below the store's root; empty if the options say it. */
    Optional<String> location(TablePath path, String id);

    /** The files below a location that {@link #location} gave. */
    default Optional<OwnFolder> folder(String location) {
        return Optional.empty();
    }

    /** Whether all of the store can be reached; empty if it has nothing to knock at, or several such places. */
    default Optional<Pulse> pulse() {
        return Optional.empty();
    }

    /** Whether what is behind one database can be reached. */
    default Optional<Pulse> pulse(DatabasePath database) {
        return pulse();
    }

    /** The platform options that come from the connection. */
    Map<String, String> platformOptions(Table table);
}
