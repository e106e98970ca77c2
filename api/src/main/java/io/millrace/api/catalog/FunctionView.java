package io.millrace.api.catalog;

/**
 * A function of a database.
 *
 * @param ddl the statement that makes it
 */
public record FunctionView(
        String id, long version, String catalog, String database, String name, String className, String ddl) {}
