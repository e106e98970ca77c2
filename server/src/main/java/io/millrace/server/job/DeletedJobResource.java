package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.DeletedJobView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.NewJobRestoration;
import io.millrace.core.access.Permission;
import io.millrace.core.job.Deletion;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobName;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import io.millrace.server.workspace.WorkspaceService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import java.util.Set;

/** HTTP face of {@link JobBinService}. */
@Path("/api/v1/deleted-jobs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class DeletedJobResource {
    private final JobBinService service;

    DeletedJobResource(JobBinService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<DeletedJobView> list(
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("workspace") @Nullable String workspace,
            @QueryParam("q") @Nullable String text) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        int offset = (int) Math.min(Integer.MAX_VALUE, page.number(0));
        JobFilter filter = new JobFilter(
                Set.of(), Optional.ofNullable(text), JobFilter.JobOrder.CHANGED_DOWN, offset, page.size() + 1);
        List<ListedJob> jobs =
                service.list(filter, Optional.ofNullable(workspace).map(WorkspaceService::known));
        return JobViews.page(page, jobs, listed -> offset + page.size(), this::view);
    }

    @POST
    @Path("{deleted}/restorations")
    @Requires(Permission.JOB_EDIT)
    public Response restore(@PathParam("deleted") String id, @Nullable NewJobRestoration given) {
        Optional<JobName> name =
                Optional.ofNullable(given).map(NewJobRestoration::name).map(JobName::new);
        ListedJob restored = service.restore(id, name);
        Job job = restored.job();
        JobView view = JobViews.of(restored);
        return Response.created(URI.create("/api/v1/workspaces/" + view.workspace() + "/jobs/" + view.name()))
                .header(HttpHeaders.ETAG, IfMatch.etag(job.generation()))
                .entity(view)
                .build();
    }

    @DELETE
    @Path("{deleted}")
    @Requires(Permission.JOB_EDIT)
    public void purge(@PathParam("deleted") String id) {
        service.purge(id);
    }

    private DeletedJobView view(ListedJob listed) {
        Job job = listed.job();
        Deletion deletion = listed.deletion().orElseThrow();
        return new DeletedJobView(
                job.id().toString(),
                job.workspace().name().value(),
                job.name().value(),
                job.version(),
                listed.newest().description().orElse(null),
                deletion.at(),
                deletion.by(),
                service.end(deletion));
    }
}
