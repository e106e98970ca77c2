package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table, view or function that a statement touches.
 *
 * @param ref {@code id@version} in the metastore; null for temporary and inline tables
 */
public record ObjectRef(
        String catalog,
        String database,
        String name,
        @Nullable String ref,
        boolean temporary) {}
