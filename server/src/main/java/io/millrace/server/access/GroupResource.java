package io.millrace.server.access;

import io.millrace.api.Page;
import io.millrace.api.access.GroupView;
import io.millrace.api.access.NewGroup;
import io.millrace.core.access.Permission;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;

/** HTTP face of {@link GroupService}. */
@Path("/api/v1/groups")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupResource {
    private final GroupService service;
    private final Caller caller;

    GroupResource(GroupService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.ACCESS_READ)
    public Page<GroupView> list() {
        return new Page<>(service.list().stream().map(GrantViews::of).toList(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ACCESS_EDIT)
    public Response create(@Nullable NewGroup given) {
        NewGroup wanted = AccessViews.body(given);
        GroupView made = GrantViews.of(service.create(
                AccessViews.name(wanted.name()), AccessViews.text(wanted.comment(), "/comment"), caller.name()));
        return Response.created(URI.create("/api/v1/groups/" + made.name()))
                .entity(made)
                .build();
    }

    @DELETE
    @Path("{group}")
    @Requires(Permission.ACCESS_EDIT)
    public void delete(@PathParam("group") String group) {
        service.delete(AccessViews.known(group));
    }

    @GET
    @Path("{group}/members")
    @Requires(Permission.ACCESS_READ)
    public Page<String> members(@PathParam("group") String group) {
        return new Page<>(service.members(AccessViews.known(group)), null);
    }

    @PUT
    @Path("{group}/members/{user}")
    @Requires(Permission.ACCESS_EDIT)
    public void add(@PathParam("group") String group, @PathParam("user") String user) {
        service.add(AccessViews.known(group), AccessViews.known(user));
    }

    @DELETE
    @Path("{group}/members/{user}")
    @Requires(Permission.ACCESS_EDIT)
    public void remove(@PathParam("group") String group, @PathParam("user") String user) {
        service.remove(AccessViews.known(group), AccessViews.known(user));
    }
}
