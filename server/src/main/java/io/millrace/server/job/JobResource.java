package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobVersionView;
import io.millrace.api.job.JobWrite;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import io.millrace.server.workspace.WorkspaceService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import java.util.OptionalLong;

/** HTTP face of {@link JobService} for one job. */
@Path("/api/v1/workspaces/{workspace}/jobs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
    private final JobService service;
    private final JobBinService bin;

    JobResource(JobService service, JobBinService bin) {
        this.service = service;
        this.bin = bin;
    }

    @GET
    @Path("{job}")
    @Requires(Permission.JOB_READ)
    public Response get(@PathParam("workspace") String workspace, @PathParam("job") String name) {
        return answer(service.get(JobService.known(workspace, name)));
    }

    @PUT
    @Path("{job}")
    @Requires(Permission.JOB_EDIT)
    public Response apply(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @HeaderParam("If-None-Match") @Nullable String noneMatch,
            @Nullable JobWrite given) {
        var expected = new JobService.Expected(absent(noneMatch), match == null ? Optional.empty() : version(match));
        JobService.Applied applied = service.apply(
                new JobPath(WorkspaceService.known(workspace), new JobName(name)),
                JobViews.content(given),
                expected,
                dryRun);
        Response.ResponseBuilder response = Response.ok(JobViews.of(applied));
        applied.job()
                .ifPresent(listed -> response.header(
                        HttpHeaders.ETAG, IfMatch.etag(listed.job().generation())));
        return response.build();
    }

    @PATCH
    @Path("{job}")
    @Requires(Permission.JOB_OPERATE)
    public Response patch(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable JobPatch patch) {
        Optional<Long> generation = version(IfMatch.required(match));
        if (patch == null || patch.desired() == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Say what is wanted of the job: desired is RUNNING or STOPPED.",
                    List.of(Flaw.at("/desired", "missing")));
        }
        if (patch.desired() == DesiredState.RUNNING) {
            return answer(service.start(JobService.known(workspace, name), generation, JobViews.start(patch)));
        }
        boolean savepoint = patch.savepoint() == null || patch.savepoint();
        return answer(service.stop(JobService.known(workspace, name), generation, savepoint));
    }

    @DELETE
    @Path("{job}")
    @Requires(Permission.JOB_EDIT)
    public void delete(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @HeaderParam("If-Match") @Nullable IfMatch match) {
        bin.delete(JobService.known(workspace, name), version(IfMatch.required(match)), false);
    }

    @GET
    @Path("{job}/versions")
    @Requires(Permission.JOB_READ)
    public Page<JobVersionView> versions(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var versions =
                service.versions(JobService.known(workspace, name), page.number(Long.MAX_VALUE), page.size() + 1);
        return JobViews.page(page, versions, version -> version.version(), JobViews::of);
    }

    @GET
    @Path("{job}/versions/{version}/compatibility")
    @Requires(Permission.JOB_READ)
    public CompatibilityView compatibility(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @PathParam("version") long version,
            @QueryParam("from") @Nullable Long from) {
        return JobViews.of(service.compare(JobService.known(workspace, name), version, Optional.ofNullable(from)));
    }

    @GET
    @Path("{job}/events")
    @Requires(Permission.JOB_READ)
    public Page<JobEventView> events(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var events = service.events(JobService.known(workspace, name), page.number(Long.MAX_VALUE), page.size() + 1);
        return JobViews.page(page, events, event -> event.id(), JobViews::of);
    }

    private static Response answer(ListedJob listed) {
        return Response.ok(JobViews.of(listed))
                .header(HttpHeaders.ETAG, IfMatch.etag(listed.job().generation()))
                .build();
    }

    static Optional<Long> version(IfMatch match) {
        OptionalLong version = match.version();
        return version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty();
    }

    private static boolean absent(@Nullable String noneMatch) {
        if (noneMatch != null && !noneMatch.strip().equals("*")) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "If-None-Match can only be *: create, never replace.");
        }
        return noneMatch != null;
    }
}
