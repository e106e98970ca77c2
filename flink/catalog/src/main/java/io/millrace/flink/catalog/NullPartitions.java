package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import org.apache.flink.connector.file.table.FileSystemTableSource;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsPartitionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Flink's file source over a partitioned table, which may have a partition of nulls. Flink's own lists that partition
 * with null for its value, as the planner wants it, but then finds no folder for null, so that one such row makes the
 * whole table unreadable. Here it gets the folder's name back.
 */
final class NullPartitions
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsLimitPushDown,
                SupportsPartitionPushDown,
                SupportsFilterPushDown,
                SupportsReadingMetadata,
                SupportsStatisticReport {
    private final FileSystemTableSource files;
    private final String nameOfNull;
    private boolean chosen;

    /** {@code nameOfNull} is the value of a folder that holds the rows without a value. */
    NullPartitions(FileSystemTableSource files, String nameOfNull) {
        this.files = requireNonNull(files, "files");
        this.nameOfNull = requireNonNull(nameOfNull, "nameOfNull");
    }

    @Override
    public Optional<List<Map<String, String>>> listPartitions() {
        return files.listPartitions();
    }

    @Override
    public void applyPartitions(List<Map<String, String>> partitions) {
        chosen = true;
        files.applyPartitions(partitions.stream().map(this::named).toList());
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        chooseAll();
        return files.getScanRuntimeProvider(context);
    }

    @Override
    public TableStats reportStatistics() {
        chooseAll();
        return files.reportStatistics();
    }

    /** Without a condition on partitions the planner chooses none, and Flink's source lists them by itself. */
    private void chooseAll() {
        if (!chosen) {
            files.listPartitions().ifPresent(this::applyPartitions);
        }
    }

    private Map<String, String> named(Map<String, @Nullable String> partition) {
        Map<String, String> named = new LinkedHashMap<>();
        partition.forEach((key, value) -> named.put(key, value == null ? nameOfNull : value));
        return named;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return files.getChangelogMode();
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        return files.applyFilters(filters);
    }

    @Override
    public void applyLimit(long limit) {
        files.applyLimit(limit);
    }

    @Override
    public boolean supportsNestedProjection() {
        return files.supportsNestedProjection();
    }

    @Override
    public void applyProjection(int[][] projected, DataType produced) {
        files.applyProjection(projected, produced);
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return files.listReadableMetadata();
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType produced) {
        files.applyReadableMetadata(keys, produced);
    }

    @Override
    public DynamicTableSource copy() {
        NullPartitions copy = new NullPartitions(files.copy(), nameOfNull);
        copy.chosen = chosen;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return files.asSummaryString();
    }
}
