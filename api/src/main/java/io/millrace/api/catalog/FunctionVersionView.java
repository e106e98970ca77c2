package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One version of a function.
 *
 * @param summary what is different from the version before, in words
 * @param statement as the user typed it, if a statement did this
 * @param ddl the statement that makes the function as it was then
 */
public record FunctionVersionView(
        long version,
        String name,
        String className,
        TableChangeCause cause,
        String summary,
        String author,
        @Nullable String statement,
        Instant at,
        String ddl) {}
