package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.DroppedFunctionView;
import io.millrace.api.catalog.FunctionPatch;
import io.millrace.api.catalog.FunctionVersionView;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.NewFunction;
import io.millrace.api.catalog.NewRestoration;
import io.millrace.core.access.Permission;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.FunctionVersion;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.catalog.TableFilter;
import io.millrace.server.http.Caller;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.Notices;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** HTTP face of {@link FunctionService}. */
@Path("/api/v1/catalogs/{catalog}/databases/{database}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class FunctionResource {
    private final FunctionService service;
    private final FunctionCheck check;
    private final Caller caller;

    FunctionResource(FunctionService service, FunctionCheck check, Caller caller) {
        this.service = service;
        this.check = check;
        this.caller = caller;
    }

    @GET
    @Path("functions")
    @Requires(Permission.CATALOG_READ)
    public Page<FunctionView> list(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("q") @Nullable String text,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var filter = new TableFilter(text == null ? "" : text, page.after(), page.size() + 1);
        Page<RegisteredFunction> functions = page.page(
                service.list(new DatabasePath(catalog, database), filter),
                function -> function.path().function().value());
        return new Page<>(functions.items().stream().map(FunctionViews::of).toList(), functions.nextPageToken());
    }

    @POST
    @Path("functions")
    @Requires(Permission.CATALOG_EDIT)
    public Response create(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("dryRun") boolean dryRun,
            @Nullable NewFunction wanted) {
        NewFunction function = TableViews.required(wanted);
        FunctionPath path = new DatabasePath(catalog, database).function(FunctionViews.name(function.name()));
        String className = FunctionViews.className(function.className());
        check.create(service.checkNew(path, className));
        if (dryRun) {
            return Response.noContent().build();
        }
        return answer(
                Response.created(FunctionViews.address(path)),
                service.create(path, className, Origin.of(caller.name())));
    }

    @GET
    @Path("functions/{function}")
    @Requires(Permission.CATALOG_READ)
    public Response get(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("function") FunctionName name) {
        return answer(Response.ok(), service.get(path(catalog, database, name)));
    }

    @PATCH
    @Path("functions/{function}")
    @Requires(Permission.CATALOG_EDIT)
    public Response alter(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("function") FunctionName name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable FunctionPatch wanted) {
        IfMatch basedOn = IfMatch.required(match);
        String className = FunctionViews.className(TableViews.required(wanted).className());
        FunctionPath path = path(catalog, database, name);
        RegisteredFunction would = service.checkAlter(path, className, basedOn::check);
        check.alter(would);
        Response.ResponseBuilder response = Notices.on(Response.ok(), service.affected(path));
        return answer(
                response, dryRun ? would : service.alter(path, className, basedOn::check, Origin.of(caller.name())));
    }

    @DELETE
    @Path("functions/{function}")
    @Requires(Permission.CATALOG_EDIT)
    public Response drop(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("function") FunctionName name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match) {
        IfMatch basedOn = IfMatch.required(match);
        FunctionPath path = path(catalog, database, name);
        List<String> affected = service.affected(path);
        if (dryRun) {
            basedOn.check(service.get(path).version());
        } else {
            service.drop(path, basedOn::check, Origin.of(caller.name()));
        }
        return Notices.on(Response.noContent(), affected).build();
    }

    @GET
    @Path("functions/{function}/versions")
    @Requires(Permission.CATALOG_READ)
    public Page<FunctionVersionView> versions(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("function") FunctionName name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        long before = page.number(Long.MAX_VALUE);
        Page<FunctionVersion> some = page.page(
                service.versions(path(catalog, database, name), before, page.size() + 1),
                version -> Long.toString(version.function().version()));
        return new Page<>(some.items().stream().map(FunctionViews::version).toList(), some.nextPageToken());
    }

    @GET
    @Path("dropped-functions")
    @Requires(Permission.CATALOG_READ)
    public Page<DroppedFunctionView> dropped(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        int offset = (int) Math.min(Integer.MAX_VALUE, page.number(0));
        Page<FunctionVersion> some = page.page(
                service.dropped(new DatabasePath(catalog, database), offset, page.size() + 1),
                each -> Integer.toString(offset + page.size()));
        return new Page<>(some.items().stream().map(FunctionViews::dropped).toList(), some.nextPageToken());
    }

    @POST
    @Path("dropped-functions/{id}/restorations")
    @Requires(Permission.CATALOG_EDIT)
    public Response restore(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("id") String id,
            @Nullable NewRestoration wanted) {
        Optional<FunctionName> name = Optional.ofNullable(wanted)
                .flatMap(each -> Optional.ofNullable(each.name()))
                .map(FunctionViews::name);
        RegisteredFunction restored = service.restore(
                new DatabasePath(catalog, database), new FunctionId(id), name, Origin.of(caller.name()));
        return answer(Response.created(FunctionViews.address(restored.path())), restored);
    }

    private static FunctionPath path(CatalogName catalog, DatabaseName database, FunctionName name) {
        return new DatabasePath(catalog, database).function(name);
    }

    private static Response answer(Response.ResponseBuilder response, RegisteredFunction function) {
        return response.entity(FunctionViews.of(function))
                .header(HttpHeaders.ETAG, IfMatch.etag(function.version()))
                .build();
    }
}
