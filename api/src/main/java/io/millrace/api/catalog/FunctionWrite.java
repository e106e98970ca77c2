package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A function as Flink's side writes it.
 *
 * @param statement as the user typed it, if a statement did this
 */
public record FunctionWrite(
        String name, String className, @Nullable String statement) {}
