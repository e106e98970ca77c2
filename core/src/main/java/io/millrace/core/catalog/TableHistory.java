package io.millrace.core.catalog;

import io.millrace.core.catalog.Metastore.Outcome;

import java.util.List;
import java.util.Optional;

/** What tables were before. SQL and in-memory, one contract test. */
public interface TableHistory {
    /** The versions of a table below {@code before}, newest first; also those of a dropped one. */
    List<TableVersion> versions(TableId id, long before, int limit);

    /** The tables that were dropped from a database that is still there, newest first. */
    List<DroppedTable> dropped(DatabasePath database, int offset, int limit);

    /** One that was dropped and not restored. */
    Optional<DroppedTable> dropped(TableId id);

    /** Of those of this name that were dropped and not restored, the one that was dropped last. */
    Optional<DroppedTable> lastDropped(TablePath path);

    /**
     * Brings back a dropped table as its next version: DONE; MISSING when it is no dropped table or its database is
     * gone; NAME_TAKEN.
     */
    Outcome restore(TableId id, TableName name, Change change);

    /**
     * Forgets a dropped table and its history for good: DONE, or MISSING when it is no dropped table. {@code first} runs
     * before, while nobody can restore the table; if it throws, nothing is forgotten.
     */
    Outcome purge(TableId id, Runnable first);
}
