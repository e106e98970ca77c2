package io.millrace.api.catalog;

import java.util.List;

/**
 * A table that was searched for.
 *
 * @param columns its columns in whose names or comments one of the words occurs, at most ten
 */
public record FoundTable(
        String catalog, String database, String name, TableKind kind, String comment, List<String> columns) {}
