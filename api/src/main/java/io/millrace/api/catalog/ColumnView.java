package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column.
 *
 * @param type a Flink SQL type as {@code LogicalType.asSerializableString()} writes it; null for computed columns
 * @param expression the SQL expression of a computed column, with expanded identifiers
 * @param metadataKey the connector's key of a metadata column when it differs from the name
 * @param virtual whether a metadata column is left out when writing
 */
public record ColumnView(
        String name,
        ColumnKind kind,
        @Nullable String type,
        @Nullable String expression,
        @Nullable String metadataKey,
        boolean virtual,
        @Nullable String comment) {}
