package io.millrace.core.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where registered databases and tables live. Two implementations, SQL and in-memory, pass one contract test. Every
 * change happens completely or not at all, also when the server dies, and answers with an {@link Outcome} instead of
 * throwing. With each change the version goes into the table's history.
 */
public interface Metastore {
    /** DONE or NAME_TAKEN. */
    Outcome createDatabase(Database database, Instant now);

    /** DONE, MISSING, or NOT_EMPTY when it has tables or functions and {@code cascade} is false. */
    Outcome dropDatabase(DatabasePath path, boolean cascade, Change change);

    /** Sorted by name. */
    List<Database> databases(CatalogName catalog);

    /** DONE, MISSING when there is no such database, or NAME_TAKEN. Ids are made by the caller. */
    Outcome createTable(Table table, Change change);

    /**
     * Writes {@code next} if the stored version is {@code next.version() - 1}: DONE, STALE when somebody was first or
     * the table is gone, NAME_TAKEN after a change of name, or MISSING when there is no such database.
     */
    Outcome replaceTable(Table next, Change change);

    /** DONE or MISSING. The name is free again; the id is found again only if the table is restored. */
    Outcome dropTable(TableId id, Change change);

    Optional<Table> table(TablePath path);

    Optional<Table> table(TableId id);

    /** Those of the tables that are there, in any order. */
    List<Table> tables(Collection<TablePath> paths);

    /** Those of the tables that are there, in any order. */
    List<Table> tablesById(Collection<TableId> ids);

    /** Sorted by name, views included; none if there is no such database. */
    List<ListedTable> list(DatabasePath path, TableFilter filter);

    /** What became of a change. */
    enum Outcome {
        DONE,
        MISSING,
        NAME_TAKEN,
        NOT_EMPTY,
        STALE
    }
}
