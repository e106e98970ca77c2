package io.millrace.server.job;

import io.millrace.api.job.JobLabelsPatch;
import io.millrace.core.access.Permission;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** HTTP face of {@link JobLabels} for one job. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}/labels")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JobLabelResource {
    private final JobLabels labels;

    JobLabelResource(JobLabels labels) {
        this.labels = labels;
    }

    @PATCH
    @Requires(Permission.JOB_EDIT)
    public Response patch(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable JobLabelsPatch patch) {
        var generation = JobResource.version(IfMatch.required(match));
        ListedJob listed = labels.change(JobService.known(workspace, name), generation, LabelViews.change(patch));
        return Response.ok(JobViews.of(listed))
                .header(HttpHeaders.ETAG, IfMatch.etag(listed.job().generation()))
                .build();
    }
}
