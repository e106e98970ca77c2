package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.server.connection.SameStores;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows the tables over one physical thing: a topic of one cluster, a table of one database, whichever connections they
 * are reached by. A folder that the platform gave to a table has no second one.
 */
final class Twins {
    private static final int MOST = 20;

    private final SameStores stores;
    private final SqlTableSearch search;

    Twins(SameStores stores, SqlTableSearch search) {
        this.stores = requireNonNull(stores, "stores");
        this.search = requireNonNull(search, "search");
    }

    /** Other tables over the same data; the first few if there are many. */
    List<TablePath> of(Catalog catalog, Table table) {
        DatabasePath database = table.path().parent();
        if (table.remoteKey().isPresent()) {
            return stores.others(new ConnectionName(database.catalog().value())).stream()
                    .map(other -> TablePath.of(
                            other.value(),
                            database.database().value(),
                            table.path().table().value()))
                    .limit(MOST)
                    .toList();
        }
        Map<String, String> identity = catalog.identity(table);
        return identity.isEmpty()
                ? List.of()
                : search.sameOptions(database.catalog(), databases(database), table.id(), identity, MOST);
    }

    /**
     * Other registered tables, the same data of which a table is over, or would be: also those that share one of several
     * topics only.
     */
    List<Table> overlapping(Catalog catalog, Table table) {
        Map<String, String> identity = catalog.identity(table);
        DatabasePath database = table.path().parent();
        return identity.isEmpty()
                ? List.of()
                : search.overlapping(database.catalog(), databases(database), table.id(), identity);
    }

    private List<String> databases(DatabasePath path) {
        List<String> databases = new ArrayList<>();
        databases.add(path.database().value());
        if (isOfConnections(path.catalog())) {
            stores.others(new ConnectionName(path.database().value())).forEach(other -> databases.add(other.value()));
        }
        return databases;
    }

    private static boolean isOfConnections(CatalogName catalog) {
        Optional<ConnectionKind> kind = ConnectionKind.of(catalog.value());
        return kind.filter(each -> each.shape() == ConnectionKind.Shape.DATABASE)
                .isPresent();
    }
}
