package io.millrace.core.catalog;

import io.millrace.core.catalog.Metastore.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * Where registered functions live, with what they were before. SQL and in-memory, one contract test. A change happens
 * completely or not at all, with its entry in the history, and answers with an {@link Outcome} instead of throwing. The
 * functions of a database go with it: see {@link Metastore#dropDatabase}.
 */
public interface FunctionStore {
    /** DONE, MISSING when there is no such database, or NAME_TAKEN. The id is made by the caller. */
    Outcome create(RegisteredFunction function, Change change);

    /**
     * Writes {@code next}, of the same name, if the stored version is {@code next.version() - 1}: DONE, or STALE when
     * somebody was first or the function is gone.
     */
    Outcome replace(RegisteredFunction next, Change change);

    /** Drops {@code current} if it is the stored version: DONE, or STALE. The name is free again. */
    Outcome drop(RegisteredFunction current, Change change);

    Optional<RegisteredFunction> find(FunctionPath path);

    /** Sorted by name; none if there is no such database. */
    List<RegisteredFunction> list(DatabasePath database, TableFilter filter);

    /** The versions of a function below {@code before}, newest first; also those of a dropped one. */
    List<FunctionVersion> versions(FunctionId id, long before, int limit);

    /** The last versions of what was dropped from a database that is still there, newest first. */
    List<FunctionVersion> dropped(DatabasePath database, int offset, int limit);

    /** The last version of one that was dropped and not restored. */
    Optional<FunctionVersion> dropped(FunctionId id);

    /**
     * Brings back a dropped function as its next version: DONE; MISSING when it is none or its database is gone;
     * NAME_TAKEN.
     */
    Outcome restore(FunctionId id, FunctionName name, Change change);
}
