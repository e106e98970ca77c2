package io.millrace.server.bundle;

import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobPath;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.server.http.Requires;
import io.millrace.server.workspace.WorkspaceService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** HTTP face of {@link BundleService}. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}/attempts/{attempt}/bundle")
public final class BundleResource {
    private final BundleService service;

    BundleResource(BundleService service) {
        this.service = service;
    }

    @GET
    @Produces("application/zip")
    @Requires(Permission.JOB_READ)
    public Response get(
            @PathParam("workspace") String workspace,
            @PathParam("job") String name,
            @PathParam("attempt") int attempt) {
        JobPath path = known(workspace, name);
        return Response.ok(service.find(path, attempt).toFile())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + path.name() + "-" + attempt + ".zip\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** A name that cannot be one is that of no job. */
    private static JobPath known(String workspace, String name) {
        WorkspaceName place = WorkspaceService.known(workspace);
        try {
            return new JobPath(place, new JobName(name));
        } catch (MillraceException e) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND, "There is no job '" + name + "' in workspace '" + place + "'.");
        }
    }
}
