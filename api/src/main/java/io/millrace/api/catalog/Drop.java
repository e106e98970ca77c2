package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table, database or function to be dropped, as Flink's side sends it.
 *
 * @param statement the statement as it was written, for the history of what is dropped
 */
public record Drop(@Nullable String statement) {}
