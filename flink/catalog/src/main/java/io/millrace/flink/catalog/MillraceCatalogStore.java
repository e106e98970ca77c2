package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.CatalogView;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.AbstractCatalogStore;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.table.catalog.exceptions.CatalogException;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalogs are those of the server. SQL can neither add nor remove one, so no option of theirs reaches Flink. */
final class MillraceCatalogStore extends AbstractCatalogStore {
    private final MetastoreClient metastore;

    MillraceCatalogStore(MetastoreClient metastore) {
        this.metastore = requireNonNull(metastore, "metastore");
    }

    @Override
    public void storeCatalog(String catalog, CatalogDescriptor descriptor) {
        throw new CatalogException(
                "Catalog '" + catalog + "' cannot be created by SQL: the catalogs are those of the Millrace server.");
    }

    @Override
    public void removeCatalog(String catalog, boolean ignoreIfNotExists) {
        throw new CatalogException(
                "Catalog '" + catalog + "' cannot be removed by SQL: the catalogs are those of the Millrace server.");
    }

    @Override
    public Optional<CatalogDescriptor> getCatalog(String catalog) {
        return find(catalog)
                .map(view -> CatalogDescriptor.of(
                        view.name(),
                        Configuration.fromMap(Map.of("type", MillraceCatalogFactory.IDENTIFIER)),
                        view.comment()));
    }

    @Override
    public Set<String> listCatalogs() {
        Set<String> names = new LinkedHashSet<>();
        metastore.catalogs().forEach(view -> names.add(view.name()));
        return names;
    }

    @Override
    public boolean contains(String catalog) {
        return find(catalog).isPresent();
    }

    private Optional<CatalogView> find(String catalog) {
        try {
            return Optional.of(metastore.catalog(catalog));
        } catch (MetastoreException e) {
            if (e.is("CATALOG_NOT_FOUND")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
