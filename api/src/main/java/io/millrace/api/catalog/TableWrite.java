package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table to be created or changed, as Flink's side sends it.
 *
 * @param statement the statement as it was written, for the table's history
 */
public record TableWrite(
        TableDefinition definition, @Nullable String statement) {}
