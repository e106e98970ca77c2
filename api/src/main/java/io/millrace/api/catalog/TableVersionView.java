package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One version of a table.
 *
 * @param name what it was called
 * @param summary what was different from the version before
 * @param author who made the change; {@code store} for what was seen in the store
 * @param statement the statement as it was written, if it was made in SQL
 * @param ddl the statement that makes the table as it was
 */
public record TableVersionView(
        long version,
        String name,
        TableChangeCause cause,
        String summary,
        String author,
        @Nullable String statement,
        Instant at,
        String ddl,
        TableDefinition definition) {}
