package io.millrace.flink.catalog;

import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.OutputFormat;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.Column.MetadataColumn;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.OutputFormatProvider;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.DataType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connector of tables that exist in an analysis only: it agrees to everything that a planner asks, and has
 * no rows. A table with a primary key takes upserts, as the sinks of our catalogs do, one without takes insertions.
 */
public final class DraftTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
    static final String IDENTIFIER = "millrace-draft";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(DynamicTableFactory.Context context) {
        return new Source(metadata(context.getCatalogTable().getResolvedSchema()));
    }

    @Override
    public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
        ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
        return new Sink(metadata(schema), schema.getPrimaryKey().isPresent());
    }

    private static Map<String, DataType> metadata(ResolvedSchema schema) {
        Map<String, DataType> metadata = new LinkedHashMap<>();
        schema.getColumns().forEach(column -> {
            if (column instanceof MetadataColumn key) {
                metadata.put(key.getMetadataKey().orElse(key.getName()), key.getDataType());
            }
        });
        return metadata;
    }

    private record Source(Map<String, DataType> metadata) implements ScanTableSource, SupportsReadingMetadata {
        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return InputFormatProvider.of(new Nothing());
        }

        @Override
        public Map<String, DataType> listReadableMetadata() {
            return metadata;
        }

        @Override
        public void applyReadableMetadata(List<String> keys, DataType producedType) {}

        @Override
        public DynamicTableSource copy() {
            return new Source(metadata);
        }

        @Override
        public String asSummaryString() {
            return IDENTIFIER;
        }
    }

    /** No rows: a plan needs something to read. */
    private static final class Nothing extends GenericInputFormat<RowData> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean reachedEnd() {
            return true;
        }

        @Override
        public RowData nextRecord(RowData reuse) {
            throw new IllegalStateException("there are no rows");
        }
    }

    /** A plan needs something to write to. */
    private static final class Nowhere implements OutputFormat<RowData> {
        private static final long serialVersionUID = 1L;

        @Override
        public void configure(Configuration parameters) {}

        @Override
        public void open(InitializationContext context) {}

        @Override
        public void writeRecord(RowData row) {
            throw new IllegalStateException("a table of an analysis cannot be written");
        }

        @Override
        public void close() {}
    }

    private record Sink(Map<String, DataType> metadata, boolean keyed)
            implements DynamicTableSink, SupportsOverwrite, SupportsPartitioning, SupportsWritingMetadata {
        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return keyed ? ChangelogMode.upsert() : ChangelogMode.insertOnly();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            return OutputFormatProvider.of(new Nowhere());
        }

        @Override
        public void applyOverwrite(boolean overwrite) {}

        @Override
        public void applyStaticPartition(Map<String, String> partition) {}

        @Override
        public Map<String, DataType> listWritableMetadata() {
            return metadata;
        }

        @Override
        public void applyWritableMetadata(List<String> keys, DataType consumedType) {}

        @Override
        public DynamicTableSink copy() {
            return new Sink(metadata, keyed);
        }

        @Override
        public String asSummaryString() {
            return IDENTIFIER;
        }
    }
}
