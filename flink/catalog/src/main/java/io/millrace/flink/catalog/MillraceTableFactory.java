package io.millrace.flink.catalog;

import io.millrace.api.catalog.ResolvedTable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.table.FileSystemConnectorOptions;
import org.apache.flink.connector.file.table.FileSystemTableSource;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connector {@code millrace}, the one place where a table's reference becomes the real connector and its secrets.
 *
 * <p>It returns the real connector's own source or sink, so push-downs, look-ups, metadata, overwrite and changelog
 * modes are the real connector's; only partitioned files are read through {@link NullPartitions}. The planner calls it
 * last of all, in the process that plans; the resolved options are given to the real factory and to nobody else.
 */
public final class MillraceTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
    private static final ConfigOption<String> REF = ConfigOptions.key(References.REF)
            .stringType()
            .noDefaultValue()
            .withDescription("The table's identity and version in Millrace's metastore.");

    @Override
    public String factoryIdentifier() {
        return MillraceCatalogFactory.IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(REF);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        Context real = resolved(context, "READ");
        if (isLake(real)) {
            return ((DynamicTableSourceFactory) LakeTables.factory(real))
                    .createDynamicTableSource(LakeTables.remote(real));
        }
        DynamicTableSource source =
                factory(DynamicTableSourceFactory.class, real, "read").createDynamicTableSource(real);
        return source instanceof FileSystemTableSource files
                        && real.getCatalogTable().isPartitioned()
                ? new NullPartitions(files, nameOfNull(real))
                : source;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        Context real = resolved(context, "WRITE");
        if (isLake(real)) {
            return ((DynamicTableSinkFactory) LakeTables.factory(real)).createDynamicTableSink(LakeTables.remote(real));
        }
        return factory(DynamicTableSinkFactory.class, real, "written").createDynamicTableSink(real);
    }

    private static boolean isLake(Context context) {
        return LakeTables.CONNECTOR.equals(
                context.getCatalogTable().getOptions().get(References.CONNECTOR));
    }

    private static Context resolved(Context context, String privilege) {
        Map<String, String> given = context.getCatalogTable().getOptions();
        String ref = given.get(References.REF);
        if (ref == null) {
            throw new ValidationException("Connector 'millrace' is for tables of Millrace's catalogs only: 'ref' is"
                    + " missing. Leave 'connector' out, or name the real one.");
        }
        ResolvedTable table = StatementTables.resolve(() -> MetastoreClient.of(context.getConfiguration()), ref);
        String denied = table.denied().get(privilege);
        if (denied != null) {
            throw MetastoreException.denied(denied);
        }
        Map<String, String> options = new LinkedHashMap<>(table.options());
        options.putAll(Hints.changes(given, table));
        return with(context, options);
    }

    private static String nameOfNull(Context files) {
        return Configuration.fromMap(files.getCatalogTable().getOptions())
                .get(FileSystemConnectorOptions.PARTITION_DEFAULT_NAME);
    }

    private static Context with(Context context, Map<String, String> options) {
        return new FactoryUtil.DefaultDynamicTableContext(
                context.getObjectIdentifier(),
                context.getCatalogTable().copy(options),
                context.getEnrichmentOptions(),
                context.getConfiguration(),
                ServiceLists.of(context.getClassLoader()),
                context.isTemporary());
    }

    private static <T extends DynamicTableFactory> T factory(Class<T> kind, Context context, String verb) {
        String connector = Optional.ofNullable(
                        context.getCatalogTable().getOptions().get(References.CONNECTOR))
                .filter(name -> !name.equals(MillraceCatalogFactory.IDENTIFIER))
                .orElseThrow(() -> new ValidationException("The server named no connector for table "
                        + context.getObjectIdentifier().asSummaryString() + "."));
        try {
            // Flink looks through the whole class path each time.
            return kind.cast(StatementTables.once(
                    List.of(context.getClassLoader(), kind, connector),
                    () -> FactoryUtil.discoverFactory(context.getClassLoader(), kind, connector)));
        } catch (ValidationException e) {
            throw new ValidationException(
                    "Table " + context.getObjectIdentifier().asSummaryString() + " cannot be " + verb
                            + ": its connector '" + connector + "' does not offer that, or is not installed.",
                    e);
        }
    }
}
