package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A table, view or function that was searched for.
 *
 * @param columns its columns in whose names or comments one of the words occurs, at most ten
 * @param className the class of a function
 */
public record FoundObject(
        String catalog,
        String database,
        String name,
        FoundKind kind,
        String comment,
        List<String> columns,
        @Nullable String className) {}
