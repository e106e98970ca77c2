package io.millrace.server.lineage;

import io.millrace.api.lineage.LineageGraphView;
import io.millrace.api.lineage.LineageImpactView;
import io.millrace.core.access.Permission;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** HTTP face of {@link LineageService}. */
@Path("/api/v1/lineage")
@Produces(MediaType.APPLICATION_JSON)
public final class LineageResource {
    private final LineageService service;

    LineageResource(LineageService service) {
        this.service = service;
    }

    @GET
    @Path("tables/{catalog}/{database}/{table}")
    @Requires(Permission.CATALOG_READ)
    public LineageGraphView table(
            @PathParam("catalog") CatalogName catalog,
            @PathParam("database") DatabaseName database,
            @PathParam("table") TableName table,
            @QueryParam("direction") @DefaultValue("BOTH") String direction,
            @QueryParam("depth") @DefaultValue("3") String depth,
            @QueryParam("columns") List<String> columns) {
        TablePath path = new DatabasePath(catalog, database).table(table);
        return LineageViews.of(service.graph(
                path, LineageInputs.direction(direction), LineageInputs.depth(depth), Set.copyOf(columns)));
    }

    @GET
    @Path("impact")
    @Requires(Permission.CATALOG_READ)
    public LineageImpactView impact(
            @QueryParam("table") @Nullable String table, @QueryParam("column") @Nullable String column) {
        TablePath path = LineageInputs.table(table);
        Set<String> columns = column == null ? Set.of() : Set.of(column);
        return new LineageImpactView(
                path.toString(),
                column,
                service.impact(path, columns).stream().map(LineageViews::of).toList(),
                service.reasons(List.of()));
    }
}
