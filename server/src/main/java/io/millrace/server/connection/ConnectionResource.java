package io.millrace.server.connection;

import io.millrace.api.Page;
import io.millrace.api.connection.ConnectionChangeView;
import io.millrace.api.connection.ConnectionKindView;
import io.millrace.api.connection.ConnectionPatch;
import io.millrace.api.connection.ConnectionSpec;
import io.millrace.api.connection.ConnectionTestView;
import io.millrace.api.connection.ConnectionView;
import io.millrace.api.connection.NewConnection;
import io.millrace.api.connection.SecretRotationView;
import io.millrace.core.access.Permission;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
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

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** HTTP face of {@link CallersConnections}. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ConnectionResource {
    private final CallersConnections service;
    private final ConnectionDescriptors descriptors;

    ConnectionResource(CallersConnections service, ConnectionDescriptors descriptors) {
        this.service = service;
        this.descriptors = descriptors;
    }

    @GET
    @Path("connections")
    @Requires(Permission.CONNECTION_READ)
    public Page<ConnectionView> list(
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("q") @Nullable String text) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        List<ConnectionView> views =
                service.list(Optional.ofNullable(kind).map(ConnectionViews::kind), Optional.ofNullable(text)).stream()
                        .map(ConnectionViews::of)
                        .filter(view -> view.name().compareTo(page.after()) > 0)
                        .limit(page.size() + 1L)
                        .toList();
        return page.page(views, ConnectionView::name);
    }

    @POST
    @Path("connections")
    @Requires(Permission.CONNECTION_EDIT)
    public Response create(@QueryParam("dryRun") boolean dryRun, @Nullable NewConnection wanted) {
        NewConnection given = present(wanted);
        Connection made = service.create(
                ConnectionViews.name(given.name()),
                ConnectionViews.kind(given.kind()),
                ConnectionViews.input(given),
                dryRun);
        Response.ResponseBuilder response =
                dryRun ? Response.ok() : Response.created(URI.create("/api/v1/connections/" + made.name()));
        return answer(response, new ConnectionService.Listed(made, false));
    }

    @GET
    @Path("connections/{name}")
    @Requires(Permission.CONNECTION_READ)
    public Response get(@PathParam("name") String name) {
        return answer(Response.ok(), service.get(known(name)));
    }

    @PUT
    @Path("connections/{name}")
    @Requires(Permission.CONNECTION_EDIT)
    public Response update(
            @PathParam("name") String name,
            @QueryParam("dryRun") boolean dryRun,
            @QueryParam("force") boolean force,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable ConnectionSpec wanted) {
        IfMatch required = IfMatch.required(match);
        ConnectionInput input = ConnectionViews.input(present(wanted));
        return answer(service.update(known(name), current -> input, required::check, dryRun, force));
    }

    @PATCH
    @Path("connections/{name}")
    @Requires(Permission.CONNECTION_EDIT)
    public Response patch(
            @PathParam("name") String name,
            @QueryParam("dryRun") boolean dryRun,
            @QueryParam("force") boolean force,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable ConnectionPatch wanted) {
        IfMatch required = IfMatch.required(match);
        ConnectionPatch patch = present(wanted);
        return answer(service.update(
                known(name),
                current -> ConnectionViews.input(patch, current, descriptors.of(current.kind())),
                required::check,
                dryRun,
                force));
    }

    @DELETE
    @Path("connections/{name}")
    @Requires(Permission.CONNECTION_EDIT)
    public Response delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable IfMatch match) {
        List<String> readers = service.delete(known(name), IfMatch.required(match)::check);
        return Notices.on(Response.noContent(), readers).build();
    }

    @GET
    @Path("connections/{name}/changes")
    @Requires(Permission.CONNECTION_READ)
    public Page<ConnectionChangeView> changes(
            @PathParam("name") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        List<ConnectionChangeView> views =
                service.history(known(name), page.number(Long.MAX_VALUE), page.size() + 1).stream()
                        .map(ConnectionViews::of)
                        .toList();
        return page.page(views, view -> String.valueOf(view.number()));
    }

    @POST
    @Path("connections/{name}/tests")
    @Consumes(MediaType.WILDCARD)
    @Requires(Permission.CONNECTION_EDIT)
    public ConnectionTestView test(@PathParam("name") String name) {
        return ConnectionViews.of(service.test(known(name)));
    }

    @POST
    @Path("connection-tests")
    @Requires(Permission.CONNECTION_EDIT)
    public ConnectionTestView test(@Nullable NewConnection wanted) {
        NewConnection given = present(wanted);
        return ConnectionViews.of(service.test(ConnectionViews.kind(given.kind()), ConnectionViews.input(given)));
    }

    @GET
    @Path("connection-kinds")
    @Requires(Permission.CONNECTION_READ)
    public Page<ConnectionKindView> kinds() {
        return new Page<>(descriptors.all().stream().map(ConnectionViews::of).toList(), null);
    }

    @POST
    @Path("secret-rotations")
    @Consumes(MediaType.WILDCARD)
    @Requires(Permission.CONNECTION_EDIT)
    public SecretRotationView rotate() {
        return ConnectionViews.of(service.rotate());
    }

    private static Response answer(ConnectionService.Updated updated) {
        return answer(
                Notices.on(Response.ok(), updated.notices()),
                new ConnectionService.Listed(updated.connection(), false));
    }

    private static Response answer(Response.ResponseBuilder response, ConnectionService.Listed listed) {
        return response.entity(ConnectionViews.of(listed))
                .header(HttpHeaders.ETAG, IfMatch.etag(listed.connection().version()))
                .build();
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "Send a connection.", List.of(Flaw.at("", "missing")));
        }
        return body;
    }

    /** A name that cannot be one is that of no connection. */
    private static ConnectionName known(String name) {
        try {
            return new ConnectionName(name);
        } catch (MillraceException e) {
            throw new MillraceException(ErrorCode.CONNECTION_NOT_FOUND, "There is no such connection.", e);
        }
    }
}
