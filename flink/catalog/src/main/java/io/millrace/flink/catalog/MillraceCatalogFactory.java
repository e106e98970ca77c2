package io.millrace.flink.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

import java.util.Set;

/** Makes catalogs of type {@code millrace}. All they need is in the process's Flink configuration. */
public final class MillraceCatalogFactory implements CatalogFactory {
    /** The type of our catalogs, the kind of our catalog store, and the name of our connector. */
    public static final String IDENTIFIER = "millrace";

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
    public Catalog createCatalog(Context context) {
        return new MillraceCatalog(context.getName(), MetastoreClient.of(context.getConfiguration()));
    }
}
