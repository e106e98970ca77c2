package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the catalogs hold. Changes are made in SQL. */
public final class CatalogsClient {
    private final Rest rest;

    CatalogsClient(Rest rest) {
        this.rest = rest;
    }

    public List<CatalogView> catalogs() {
        return Pages.all(token -> page(rest.get("/catalogs"), token, CatalogView.class));
    }

    public List<DatabaseView> databases(String catalog) {
        return Pages.all(token -> page(rest.get("/catalogs/{}/databases", catalog), token, DatabaseView.class));
    }

    public List<TableSummary> tables(String catalog, String database) {
        return Pages.all(token ->
                page(rest.get("/catalogs/{}/databases/{}/tables", catalog, database), token, TableSummary.class));
    }

    public TableView table(String catalog, String database, String table) {
        return rest.get("/catalogs/{}/databases/{}/tables/{}", catalog, database, table)
                .as(TableView.class);
    }

    private static <T> Page<T> page(Call list, @Nullable String token, Class<T> type) {
        return list.query("pageToken", token).asPage(type);
    }
}
