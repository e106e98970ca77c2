package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.JobAttemptView;
import io.millrace.core.access.Permission;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** HTTP face of {@link JobAttempts}. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}/attempts")
@Produces(MediaType.APPLICATION_JSON)
public final class JobAttemptResource {
    private final JobAttempts attempts;

    JobAttemptResource(JobAttempts attempts) {
        this.attempts = attempts;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<JobAttemptView> list(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var found = attempts.list(JobService.known(workspace, name), page.number(Long.MAX_VALUE), page.size() + 1);
        return JobViews.page(page, found, listed -> listed.attempt().number(), JobViews::of);
    }

    @GET
    @Path("{attempt}")
    @Requires(Permission.JOB_READ)
    public JobAttemptView get(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @PathParam("attempt") int attempt) {
        JobAttempts.Told told = attempts.get(JobService.known(workspace, name), attempt);
        return JobViews.of(told.attempt(), told.exception());
    }
}
