package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column.
 *
 * @param id names the column of its table across renames; the server gives it. Sent back with a change of the table, it
 *     tells which column a renamed one was
 * @param type a Flink SQL type as {@code LogicalType.asSerializableString()} writes it; null for computed columns
 * @param expression the SQL expression of a computed column, with expanded identifiers
 * @param metadataKey the connector's key of a metadata column when it differs from the name
 * @param virtual whether a metadata column is left out when writing
 */
public record ColumnView(
        @Nullable Integer id,
        String name,
        ColumnKind kind,
        @Nullable String type,
        @Nullable String expression,
        @Nullable String metadataKey,
        boolean virtual,
        @Nullable String comment) {}
