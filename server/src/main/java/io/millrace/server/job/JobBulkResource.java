package io.millrace.server.job;

import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobBulkView;
import io.millrace.api.job.NewJobBulk;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** HTTP face of {@link JobBulk}. */
@Path("/api/v1/jobs/bulk")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JobBulkResource {
    private final JobBulk bulk;
    private final Caller caller;

    JobBulkResource(JobBulk bulk, Caller caller) {
        this.bulk = bulk;
        this.caller = caller;
    }

    @POST
    @Requires(Permission.JOB_READ)
    public JobBulkView run(@QueryParam("dryRun") boolean dryRun, @Nullable NewJobBulk given) {
        NewJobBulk wanted = BulkViews.checked(given);
        mustHave(permission(wanted.action()));
        JobBulk.Order order = BulkViews.order(wanted, dryRun);
        List<JobBulk.Outcome> outcomes = wanted.jobs() == null
                ? bulk.run(order, BulkViews.selection(wanted.filter()))
                : bulk.run(order, BulkViews.named(wanted.jobs()));
        return BulkViews.of(outcomes);
    }

    /** What the same takes for one job. */
    private static Permission permission(JobBulkAction action) {
        return switch (action) {
            case START, STOP -> Permission.JOB_OPERATE;
            case DELETE, RESTORE, LABEL -> Permission.JOB_EDIT;
        };
    }

    private void mustHave(Permission permission) {
        if (!caller.may(permission)) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, "This takes " + permission + ", to which the token is not limited.");
        }
    }
}
