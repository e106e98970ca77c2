package io.millrace.server.workspace;

import io.millrace.api.Page;
import io.millrace.api.workspace.MemberView;
import io.millrace.api.workspace.NewMember;
import io.millrace.api.workspace.NewWorkspace;
import io.millrace.api.workspace.WorkspacePatch;
import io.millrace.api.workspace.WorkspaceView;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Securable;
import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.server.access.MemberService;
import io.millrace.server.http.Caller;
import io.millrace.server.http.IfMatch;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/** HTTP face of {@link WorkspaceService}, and of {@link MemberService} for workspaces that the caller may see. */
@Path("/api/v1/workspaces")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class WorkspaceResource {
    private final WorkspaceService service;
    private final MemberService members;
    private final Caller caller;

    WorkspaceResource(WorkspaceService service, MemberService members, Caller caller) {
        this.service = service;
        this.members = members;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<WorkspaceView> list() {
        return new Page<>(service.list().stream().map(WorkspaceViews::of).toList(), null);
    }

    @POST
    @Requires(Permission.JOB_EDIT)
    public Response create(@Nullable NewWorkspace given) {
        NewWorkspace wanted = WorkspaceViews.body(given);
        WorkspaceName name = WorkspaceViews.name(wanted.name());
        Workspace made = service.create(name, WorkspaceViews.comment(wanted.comment()), caller.name());
        return answer(Response.created(URI.create("/api/v1/workspaces/" + made.name())), made);
    }

    @GET
    @Path("{workspace}")
    @Requires(Permission.JOB_READ)
    public Response get(@PathParam("workspace") String workspace) {
        return answer(Response.ok(), service.get(WorkspaceService.known(workspace)));
    }

    @PATCH
    @Path("{workspace}")
    @Requires(Permission.JOB_EDIT)
    public Response change(
            @PathParam("workspace") String workspace,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable WorkspacePatch given) {
        IfMatch required = IfMatch.required(match);
        Optional<String> comment =
                Optional.ofNullable(WorkspaceViews.body(given).comment()).map(WorkspaceViews::comment);
        return answer(Response.ok(), service.change(WorkspaceService.known(workspace), comment, required::check));
    }

    @DELETE
    @Path("{workspace}")
    @Requires(Permission.JOB_EDIT)
    public void delete(@PathParam("workspace") String workspace, @HeaderParam("If-Match") @Nullable IfMatch match) {
        service.delete(WorkspaceService.known(workspace), IfMatch.required(match)::check);
    }

    @GET
    @Path("{workspace}/members")
    @Requires(Permission.GRANT_READ)
    public Page<MemberView> members(@PathParam("workspace") String workspace) {
        return new Page<>(
                members.list(object(workspace)).stream().map(WorkspaceViews::of).toList(), null);
    }

    @PUT
    @Path("{workspace}/members/{kind}/{member}")
    @Requires(Permission.GRANT_EDIT)
    public void setMember(
            @PathParam("workspace") String workspace,
            @PathParam("kind") String kind,
            @PathParam("member") String member,
            @Nullable NewMember given) {
        members.put(
                object(workspace),
                WorkspaceViews.kind(kind),
                member,
                WorkspaceViews.role(WorkspaceViews.body(given).role()));
    }

    @DELETE
    @Path("{workspace}/members/{kind}/{member}")
    @Requires(Permission.GRANT_EDIT)
    public void removeMember(
            @PathParam("workspace") String workspace,
            @PathParam("kind") String kind,
            @PathParam("member") String member) {
        members.remove(object(workspace), WorkspaceViews.kind(kind), member);
    }

    private Securable object(String workspace) {
        return service.get(WorkspaceService.known(workspace)).ref().object();
    }

    private static Response answer(Response.ResponseBuilder response, Workspace workspace) {
        return response.entity(WorkspaceViews.of(workspace))
                .header(HttpHeaders.ETAG, IfMatch.etag(workspace.version()))
                .build();
    }
}
