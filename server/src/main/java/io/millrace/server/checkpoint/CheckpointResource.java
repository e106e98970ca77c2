package io.millrace.server.checkpoint;

import io.millrace.api.job.CheckpointConfig;
import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointRequestView;
import io.millrace.api.job.CheckpointsView;
import io.millrace.api.job.NewCheckpoint;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Requires;
import io.millrace.server.job.JobService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** HTTP face of {@link CheckpointService}. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CheckpointResource {
    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{32}");

    private final CheckpointService service;

    CheckpointResource(CheckpointService service) {
        this.service = service;
    }

    @GET
    @Path("checkpoints")
    @Requires(Permission.JOB_READ)
    public CheckpointsView list(@PathParam("workspace") String workspace, @PathParam("job") String job) {
        return CheckpointViews.of(service.list(JobService.known(workspace, job)));
    }

    @POST
    @Path("checkpoints")
    @Requires(Permission.JOB_OPERATE)
    public Response trigger(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @Nullable NewCheckpoint checkpoint) {
        CheckpointKind kind =
                checkpoint == null || checkpoint.kind() == null ? CheckpointKind.CONFIGURED : checkpoint.kind();
        return Response.accepted(service.trigger(JobService.known(workspace, job), kind))
                .build();
    }

    @GET
    @Path("checkpoints/{request}")
    @Requires(Permission.JOB_READ)
    public CheckpointRequestView request(
            @PathParam("workspace") String workspace, @PathParam("job") String job, @PathParam("request") String id) {
        if (!REQUEST.matcher(id).matches()) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "A request for a checkpoint is named by 32 hexadecimal digits.");
        }
        return service.request(JobService.known(workspace, job), id);
    }

    @POST
    @Path("checkpoint-scheduler/start")
    @Requires(Permission.JOB_OPERATE)
    public CheckpointsView start(@PathParam("workspace") String workspace, @PathParam("job") String job) {
        return CheckpointViews.of(service.start(JobService.known(workspace, job)));
    }

    @POST
    @Path("checkpoint-scheduler/stop")
    @Requires(Permission.JOB_OPERATE)
    public CheckpointsView stop(@PathParam("workspace") String workspace, @PathParam("job") String job) {
        return CheckpointViews.of(service.stop(JobService.known(workspace, job)));
    }

    @PUT
    @Path("checkpoint-config")
    @Requires(Permission.JOB_OPERATE)
    public CheckpointsView configure(
            @PathParam("workspace") String workspace, @PathParam("job") String job, @Nullable CheckpointConfig config) {
        Optional<Duration> interval = config == null ? Optional.empty() : duration("/interval", config.interval());
        Optional<Duration> pause = config == null ? Optional.empty() : duration("/minPause", config.minPause());
        return CheckpointViews.of(
                service.configure(JobService.known(workspace, job), interval, pause.orElse(Duration.ZERO)));
    }

    private static Optional<Duration> duration(String pointer, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Duration::parse);
        } catch (DateTimeParseException e) {
            String message = "'" + text + "' is no ISO 8601 duration such as PT30S.";
            throw new MillraceException(ErrorCode.REQUEST_INVALID, message, List.of(Flaw.at(pointer, message)));
        }
    }
}
