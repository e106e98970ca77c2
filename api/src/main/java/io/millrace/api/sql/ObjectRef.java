package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table, view or function that a statement touches.
 *
 * @param ref {@code id@version} in the metastore; null for temporary and inline tables
 * @param artifact of a function that the planner was handed: {@code sha256:} and, in hexadecimal, the digest of the jar
 *     that its class is in; null if it is in none, and for all else
 */
public record ObjectRef(
        String catalog,
        String database,
        String name,
        @Nullable String ref,
        boolean temporary,
        @Nullable String artifact) {
    /** Of something that is no code, or whose code does not matter. */
    public ObjectRef(String catalog, String database, String name, @Nullable String ref, boolean temporary) {
        this(catalog, database, name, ref, temporary, null);
    }
}
