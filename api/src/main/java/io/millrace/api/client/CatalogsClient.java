package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.catalog.FoundObject;
import io.millrace.api.catalog.NewRefresh;
import io.millrace.api.catalog.NewRestoration;
import io.millrace.api.catalog.NewTable;
import io.millrace.api.catalog.PurgeView;
import io.millrace.api.catalog.RefreshView;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableVersionView;
import io.millrace.api.catalog.TableView;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the catalogs hold, and changes of it. */
public final class CatalogsClient {
    private static final String TABLES = "/catalogs/{}/databases/{}/tables";

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

    /** Creates a table or view in a database. */
    public TableView create(String catalog, String database, NewTable table) {
        return rest.post(TABLES, catalog, database).body(table).as(TableView.class);
    }

    /** Says what is wrong, and creates nothing. */
    public void tryToCreate(String catalog, String database, NewTable table) {
        rest.post(TABLES, catalog, database).query("dryRun", true).body(table).send();
    }

    /** Drops a table or view, whatever version it has. */
    public void drop(String catalog, String database, String table) {
        rest.delete(TABLES + "/{}", catalog, database, table)
                .header("If-Match", "*")
                .send();
    }

    /** Newest first. */
    public Page<TableVersionView> versions(
            String catalog, String database, String table, int size, @Nullable String token) {
        return rest.get(TABLES + "/{}/versions", catalog, database, table)
                .query("pageSize", size)
                .query("pageToken", token)
                .asPage(TableVersionView.class);
    }

    /** Newest first. */
    public List<DroppedTableView> dropped(String catalog, String database) {
        return Pages.all(token -> page(
                rest.get("/catalogs/{}/databases/{}/dropped-tables", catalog, database),
                token,
                DroppedTableView.class));
    }

    /** Brings back a dropped table, under its old name if {@code name} is null. */
    public TableView restore(String catalog, String database, String id, @Nullable String name) {
        return rest.post("/catalogs/{}/databases/{}/dropped-tables/{}/restorations", catalog, database, id)
                .body(new NewRestoration(name))
                .as(TableView.class);
    }

    /** Removes a dropped table and its files for good; with {@code dryRun} only says what that would be. */
    public PurgeView purge(String catalog, String database, String id, boolean dryRun) {
        return rest.post("/catalogs/{}/databases/{}/dropped-tables/{}/purges", catalog, database, id)
                .query("dryRun", dryRun)
                .as(PurgeView.class);
    }

    /** Looks at the tables of a store, those of one database if it is given. */
    public RefreshView refresh(String catalog, @Nullable String database) {
        return rest.post("/catalogs/{}/refreshes", catalog)
                .body(new NewRefresh(database))
                .as(RefreshView.class);
    }

    /** Tables, views and functions in which all words occur. */
    public Page<FoundObject> search(String words, int size) {
        return rest.get("/catalog-search")
                .query("q", words)
                .query("pageSize", size)
                .asPage(FoundObject.class);
    }

    private static <T> Page<T> page(Call list, @Nullable String token, Class<T> type) {
        return list.query("pageToken", token).asPage(type);
    }
}
