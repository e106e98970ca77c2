package io.millrace.server.git;

import io.millrace.api.Page;
import io.millrace.api.git.GitBindingWrite;
import io.millrace.api.git.GitPullView;
import io.millrace.api.git.NewGitPull;
import io.millrace.core.access.Permission;
import io.millrace.core.git.GitSource;
import io.millrace.core.git.Pull;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import io.millrace.server.workspace.WorkspaceService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

import java.util.Objects;

/** HTTP face of {@link GitService}. */
@Path("/api/v1/workspaces/{workspace}/git")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class GitResource {
    private final GitService service;

    GitResource(GitService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Response get(@PathParam("workspace") String workspace) {
        return answer(service.get(WorkspaceService.known(workspace)));
    }

    @PUT
    @Requires(Permission.JOB_EDIT)
    public Response put(
            @PathParam("workspace") String workspace,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable GitBindingWrite given) {
        GitSource source = GitViews.source(given);
        var secrets = GitViews.secrets(Objects.requireNonNull(given), source);
        return answer(service.put(
                WorkspaceService.known(workspace),
                source,
                secrets,
                version -> {
                    if (match != null) {
                        match.check(version);
                    }
                },
                dryRun));
    }

    @DELETE
    @Requires(Permission.JOB_EDIT)
    public void delete(@PathParam("workspace") String workspace, @HeaderParam("If-Match") @Nullable IfMatch match) {
        service.delete(WorkspaceService.known(workspace), IfMatch.required(match)::check);
    }

    @POST
    @Path("pulls")
    @Requires(Permission.JOB_EDIT)
    public GitPullView pull(@PathParam("workspace") String workspace, @Nullable NewGitPull asked) {
        boolean dryRun = asked != null && Boolean.TRUE.equals(asked.dryRun());
        boolean takeOver = asked != null && Boolean.TRUE.equals(asked.takeOver());
        return GitViews.of(service.pull(WorkspaceService.known(workspace), dryRun, takeOver));
    }

    @GET
    @Path("pulls")
    @Requires(Permission.JOB_READ)
    public Page<GitPullView> pulls(
            @PathParam("workspace") String workspace,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest request = PageRequest.of(pageSize, pageToken);
        var pulls =
                service.pulls(WorkspaceService.known(workspace), request.number(Long.MAX_VALUE), request.size() + 1);
        Page<Pull> page = request.page(pulls, pull -> Long.toString(pull.number()));
        return new Page<>(page.items().stream().map(GitViews::of).toList(), page.nextPageToken());
    }

    @GET
    @Path("pulls/{number}")
    @Requires(Permission.JOB_READ)
    public GitPullView pull(@PathParam("workspace") String workspace, @PathParam("number") long number) {
        return GitViews.of(service.pull(WorkspaceService.known(workspace), number));
    }

    private static Response answer(GitService.Shown shown) {
        return Response.ok(GitViews.of(shown))
                .header(HttpHeaders.ETAG, IfMatch.etag(shown.binding().version()))
                .build();
    }
}
