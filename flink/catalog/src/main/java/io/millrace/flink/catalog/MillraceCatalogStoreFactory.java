package io.millrace.flink.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.CatalogStore;
import org.apache.flink.table.factories.CatalogStoreFactory;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** Makes the catalog store of {@code table.catalog-store.kind: millrace}; Flink opens one per session. */
public final class MillraceCatalogStoreFactory implements CatalogStoreFactory {
    private @Nullable MetastoreClient metastore;

    @Override
    public String factoryIdentifier() {
        return MillraceCatalogFactory.IDENTIFIER;
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
    public void open(Context context) {
        metastore = MetastoreClient.of(context.getConfiguration());
    }

    @Override
    public CatalogStore createCatalogStore() {
        if (metastore == null) {
            throw new IllegalStateException("open() comes before createCatalogStore()");
        }
        return new MillraceCatalogStore(metastore);
    }

    @Override
    public void close() {}
}
