package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.catalog.NewRestoration;
import io.millrace.api.catalog.NewTable;
import io.millrace.api.catalog.PurgeView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TablePatch;
import io.millrace.api.catalog.TableVersionView;
import io.millrace.core.access.Permission;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableVersion;
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
import jakarta.ws.rs.PUT;
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

/** HTTP face of {@link TableService}. */
@Path("/api/v1/catalogs/{catalog}/databases/{database}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TableResource {
    private final CatalogService catalogs;
    private final TableService service;
    private final TableStatements statements;
    private final TablePurge purge;
    private final Caller caller;

    TableResource(
            CatalogService catalogs,
            TableService service,
            TableStatements statements,
            TablePurge purge,
            Caller caller) {
        this.catalogs = catalogs;
        this.service = service;
        this.statements = statements;
        this.purge = purge;
        this.caller = caller;
    }

    @GET
    @Path("tables")
    @Requires(Permission.CATALOG_READ)
    public Response list(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("q") @Nullable String text,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var filter = new TableFilter(text == null ? "" : text, page.after(), page.size() + 1);
        Page<ListedTable> tables = page.page(
                catalogs.tables(new DatabasePath(catalog, database), filter),
                table -> table.name().value());
        var some = new Page<>(tables.items().stream().map(CatalogViews::of).toList(), tables.nextPageToken());
        return Notices.on(Response.ok(some), catalogs.outage(catalog)).build();
    }

    @POST
    @Path("tables")
    @Requires(Permission.CATALOG_EDIT)
    public Response create(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("dryRun") boolean dryRun,
            @Nullable NewTable wanted) {
        DatabasePath path = new DatabasePath(catalog, database);
        NewTable table = TableViews.required(wanted);
        if (dryRun) {
            statements.check(path, table);
            return Response.noContent().build();
        }
        Table created = statements.create(path, table, Origin.of(caller.name()));
        return answer(
                Notices.on(Response.created(TableViews.address(created.path())), service.sharing(created)),
                service.describe(created.path()));
    }

    @GET
    @Path("tables/{table}")
    @Requires(Permission.CATALOG_READ)
    public Response get(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name) {
        return answer(Response.ok(), service.describe(path(catalog, database, name)));
    }

    @PUT
    @Path("tables/{table}")
    @Requires(Permission.CATALOG_EDIT)
    public Response replace(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable TableDefinition wanted) {
        IfMatch basedOn = IfMatch.required(match);
        Alteration alteration = CatalogViews.alteration(TableViews.required(wanted));
        TablePath path = path(catalog, database, name);
        List<String> affected = catalogs.affectedByChange(path, alteration);
        if (dryRun) {
            Table would = service.checkChange(path, alteration, basedOn::check);
            return Notices.on(Response.ok(CatalogViews.of(would)), affected).build();
        }
        Table changed = catalogs.alterTable(path, alteration, basedOn::check, Origin.of(caller.name()));
        return answer(Notices.on(Response.ok(), affected), service.describe(changed.path()));
    }

    @PATCH
    @Path("tables/{table}")
    @Requires(Permission.CATALOG_EDIT)
    public Response comment(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable TablePatch wanted) {
        IfMatch basedOn = IfMatch.required(match);
        TablePatch patch = TableViews.required(wanted);
        TablePath path = path(catalog, database, name);
        service.comment(
                path,
                Optional.ofNullable(patch.comment()),
                TableViews.columnComments(patch),
                basedOn::check,
                Origin.of(caller.name()));
        return answer(Response.ok(), service.describe(path));
    }

    @DELETE
    @Path("tables/{table}")
    @Requires(Permission.CATALOG_EDIT)
    public Response drop(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match) {
        IfMatch basedOn = IfMatch.required(match);
        TablePath path = path(catalog, database, name);
        List<String> affected = catalogs.affectedByDrop(path);
        if (dryRun) {
            basedOn.check(catalogs.table(path).version());
        } else {
            service.drop(path, basedOn::check, Origin.of(caller.name()));
        }
        return Notices.on(Response.noContent(), affected).build();
    }

    @GET
    @Path("tables/{table}/versions")
    @Requires(Permission.CATALOG_READ)
    public Page<TableVersionView> versions(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        TablePath path = path(catalog, database, name);
        List<TableVersion> versions = service.versions(path, page.number(Long.MAX_VALUE), page.size() + 1);
        Page<TableVersion> some = page.page(versions, version -> Long.toString(version.version()));
        return new Page<>(
                some.items().stream()
                        .map(version -> TableViews.of(path.parent(), version))
                        .toList(),
                some.nextPageToken());
    }

    @GET
    @Path("dropped-tables")
    @Requires(Permission.CATALOG_READ)
    public Page<DroppedTableView> dropped(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        int offset = (int) Math.min(Integer.MAX_VALUE, page.number(0));
        List<DroppedTable> dropped = service.dropped(new DatabasePath(catalog, database), offset, page.size() + 1);
        Page<DroppedTable> some = page.page(dropped, each -> Integer.toString(offset + page.size()));
        return new Page<>(some.items().stream().map(TableViews::of).toList(), some.nextPageToken());
    }

    @POST
    @Path("dropped-tables/{id}/restorations")
    @Requires(Permission.CATALOG_EDIT)
    public Response restore(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("id") String id,
            @Nullable NewRestoration wanted) {
        Optional<TableName> name = Optional.ofNullable(wanted)
                .flatMap(each -> Optional.ofNullable(each.name()))
                .map(text -> CatalogViews.name(text, TableName::new));
        Table restored =
                service.restore(new DatabasePath(catalog, database), new TableId(id), name, Origin.of(caller.name()));
        return answer(Response.created(TableViews.address(restored.path())), service.describe(restored.path()));
    }

    @POST
    @Path("dropped-tables/{id}/purges")
    @Requires(Permission.CATALOG_EDIT)
    public PurgeView purge(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("id") String id,
            @QueryParam("dryRun") boolean dryRun) {
        DatabasePath path = new DatabasePath(catalog, database);
        TableId table = new TableId(id);
        return TableViews.of(dryRun ? purge.wouldPurge(path, table) : purge.purge(path, table));
    }

    private static TablePath path(CatalogName catalog, DatabaseName database, TableName name) {
        return new DatabasePath(catalog, database).table(name);
    }

    private static Response answer(Response.ResponseBuilder response, TableService.Described described) {
        return response.entity(TableViews.of(described))
                .header(HttpHeaders.ETAG, IfMatch.etag(described.table().version()))
                .build();
    }
}
