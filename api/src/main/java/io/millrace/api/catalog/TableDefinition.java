package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What a table is, without identity: the body of create and alter.
 *
 * @param columns in order; for a view the columns of its result, all physical
 * @param options what the user set; platform options never appear here
 * @param view the query of a view; null for a table
 */
public record TableDefinition(
        String name,
        TableKind kind,
        List<ColumnView> columns,
        @Nullable PrimaryKeyView primaryKey,
        List<WatermarkView> watermarks,
        List<String> partitionKeys,
        Map<String, String> options,
        @Nullable String comment,
        @Nullable ViewText view) {
    public TableDefinition {
        columns = List.copyOf(columns);
        watermarks = watermarks == null ? List.of() : List.copyOf(watermarks);
        partitionKeys = partitionKeys == null ? List.of() : List.copyOf(partitionKeys);
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
