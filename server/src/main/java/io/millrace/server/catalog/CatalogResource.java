package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Permission;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/** HTTP face of {@link CatalogService} for users: reading only, changes are made in SQL. */
@Path("/api/v1/catalogs")
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogResource {
    private final CatalogService service;

    CatalogResource(CatalogService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.CATALOG_READ)
    public Page<CatalogView> catalogs() {
        return new Page<>(service.catalogs().stream().map(CatalogViews::of).toList(), null);
    }

    @GET
    @Path("{catalog}/databases")
    @Requires(Permission.CATALOG_READ)
    public Page<DatabaseView> databases(
            @PathParam("catalog") CatalogName catalog,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Function<Database, String> key = database -> database.name().value();
        return page(PageRequest.of(pageSize, pageToken), service.databases(catalog), key, CatalogViews::of);
    }

    @GET
    @Path("{catalog}/databases/{database}/tables")
    @Requires(Permission.CATALOG_READ)
    public Page<TableSummary> tables(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        List<Catalog.TableHead> tables = service.tables(new DatabasePath(catalog, database));
        Function<Catalog.TableHead, String> key = head -> head.name().value();
        return page(PageRequest.of(pageSize, pageToken), tables, key, CatalogViews::of);
    }

    @GET
    @Path("{catalog}/databases/{database}/tables/{table}")
    @Requires(Permission.CATALOG_READ)
    public Response table(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name) {
        Table table = service.table(new DatabasePath(catalog, database).table(name));
        TableView view = CatalogViews.of(table);
        return Response.ok(view)
                .header(HttpHeaders.ETAG, IfMatch.etag(table.version()))
                .build();
    }

    /** {@code all} is sorted by key, as the stores sort: by code points. */
    private static <T, V> Page<V> page(PageRequest request, List<T> all, Function<T, String> key, Function<T, V> view) {
        List<T> some = all.stream()
                .filter(item -> request.after().isEmpty() || key.apply(item).compareTo(request.after()) > 0)
                .limit(request.size() + 1L)
                .toList();
        Page<T> page = request.page(some, key);
        return new Page<>(page.items().stream().map(view).toList(), page.nextPageToken());
    }
}
