package io.millrace.flink.catalog;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableFactory.Context;
import org.apache.flink.table.factories.FactoryUtil;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The way to an Iceberg table's source or sink. Iceberg's connector, when it is reached by its name, creates the table
 * if there is none, and writes all options into it, the catalog's token among them. So it is reached through Iceberg's
 * catalog instead, whose factory only ever loads what is there.
 */
final class LakeTables {
    static final String CONNECTOR = "iceberg";

    private static final String DATABASE = "catalog-database";
    private static final String TABLE = "catalog-table";
    private static final String NAME = "catalog-name";
    private static final Set<String> OF_THE_CATALOG =
            Set.of("catalog-type", "uri", "warehouse", "token", "token-refresh-enabled", "io-impl");

    private LakeTables() {}

    /** The factory that belongs to the catalog which the options name. */
    static DynamicTableFactory factory(Context context) {
        Map<String, String> options = context.getCatalogTable().getOptions();
        Map<String, String> ofTheCatalog = new LinkedHashMap<>(options);
        ofTheCatalog.keySet().retainAll(OF_THE_CATALOG);
        CatalogFactory factory;
        try {
            factory = FactoryUtil.discoverFactory(context.getClassLoader(), CatalogFactory.class, CONNECTOR);
        } catch (ValidationException e) {
            throw new ValidationException(
                    "Table " + context.getObjectIdentifier().asSummaryString()
                            + " needs Iceberg's runtime for Flink, which is not installed.",
                    e);
        }
        // Not opened: that would create its default database.
        Catalog catalog = factory.createCatalog(new FactoryUtil.DefaultCatalogContext(
                required(options, NAME), ofTheCatalog, context.getConfiguration(), context.getClassLoader()));
        try {
            return (DynamicTableFactory) catalog.getFactory().orElseThrow();
        } finally {
            catalog.close();
        }
    }

    /** The table as the catalog knows it: by its remote name, without the options that lead to the catalog. */
    static Context remote(Context context) {
        Map<String, String> options =
                new LinkedHashMap<>(context.getCatalogTable().getOptions());
        ObjectIdentifier identifier =
                ObjectIdentifier.of(required(options, NAME), required(options, DATABASE), required(options, TABLE));
        options.keySet().removeAll(OF_THE_CATALOG);
        options.keySet().removeAll(Set.of(NAME, DATABASE, TABLE, References.CONNECTOR));
        return new FactoryUtil.DefaultDynamicTableContext(
                identifier,
                context.getCatalogTable().copy(options),
                context.getEnrichmentOptions(),
                context.getConfiguration(),
                context.getClassLoader(),
                context.isTemporary());
    }

    private static String required(Map<String, String> options, String key) {
        String value = options.get(key);
        if (value == null) {
            throw new ValidationException("The server named no '" + key + "' for an Iceberg table.");
        }
        return value;
    }
}
