package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.NewRefresh;
import io.millrace.api.catalog.RefreshView;
import io.millrace.core.access.Permission;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.server.http.Notices;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** HTTP face of {@link CatalogService} and of looks at whole stores, for users. */
@Path("/api/v1/catalogs")
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogResource {
    private final CatalogService service;
    private final TableService tables;

    CatalogResource(CatalogService service, TableService tables) {
        this.service = service;
        this.tables = tables;
    }

    @GET
    @Requires(Permission.CATALOG_READ)
    public Page<CatalogView> catalogs() {
        return new Page<>(service.catalogs().stream().map(CatalogViews::of).toList(), null);
    }

    @GET
    @Path("{catalog}/databases")
    @Requires(Permission.CATALOG_READ)
    public Response databases(
            @PathParam("catalog") CatalogName catalog,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Function<Database, String> key = database -> database.name().value();
        Catalog from = service.catalog(catalog);
        Page<DatabaseView> some = page(
                PageRequest.of(pageSize, pageToken),
                service.databases(catalog),
                key,
                database -> CatalogViews.of(database, from.outage(database.path())));
        return Notices.on(Response.ok(some), service.outage(catalog)).build();
    }

    @POST
    @Path("{catalog}/refreshes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CATALOG_EDIT)
    public RefreshView refresh(@PathParam("catalog") CatalogName catalog, @Nullable NewRefresh wanted) {
        Optional<DatabaseName> database = Optional.ofNullable(wanted)
                .flatMap(each -> Optional.ofNullable(each.database()))
                .map(text -> CatalogViews.name(text, DatabaseName::new));
        return TableViews.of(tables.refresh(catalog, database));
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
