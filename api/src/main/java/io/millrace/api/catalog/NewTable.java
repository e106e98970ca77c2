package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table to be created: either its structure, or one CREATE statement.
 *
 * @param ddl CREATE TABLE or CREATE VIEW; names without a database are in that of the request
 */
public record NewTable(
        @Nullable TableDefinition definition, @Nullable String ddl) {}
