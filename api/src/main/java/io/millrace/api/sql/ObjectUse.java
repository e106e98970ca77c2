package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * That a statement does something with an object.
 *
 * @param kind TABLE, of views too, FUNCTION, SERVER for what is on no object, or FILE, of the host
 * @param catalog empty for the server
 * @param name of a file, its real path
 * @param ref of a table: {@code id@version} in the metastore
 * @param privilege what it takes, such as READ; of a file, the option that names it
 */
public record ObjectUse(
        String kind,
        String catalog,
        String database,
        String name,
        @Nullable String ref,
        String privilege) {}
