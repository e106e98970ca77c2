package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.NewSnapshotImport;
import io.millrace.api.job.SnapshotPatch;
import io.millrace.api.job.SnapshotView;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** HTTP face of {@link SnapshotService} and {@link SnapshotImports}. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SnapshotResource {
    private final SnapshotService service;
    private final SnapshotImports imports;

    SnapshotResource(SnapshotService service, SnapshotImports imports) {
        this.service = service;
        this.imports = imports;
    }

    @GET
    @Path("snapshots")
    @Requires(Permission.JOB_READ)
    public Page<SnapshotView> list(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        Instant before = micros(page.number(Long.MAX_VALUE));
        Page<SnapshotService.Listed> items = page.page(
                service.list(JobService.known(workspace, job), before, page.size() + 1),
                listed -> String.valueOf(
                        ChronoUnit.MICROS.between(Instant.EPOCH, listed.entry().createdAt())));
        return new Page<>(
                items.items().stream()
                        .map(listed -> SnapshotViews.of(workspace, listed))
                        .toList(),
                items.nextPageToken());
    }

    /** The key of a page is a time; the first page begins after all. */
    private static Instant micros(long number) {
        return number == Long.MAX_VALUE ? SnapshotLedger.EVER : Instant.EPOCH.plus(number, ChronoUnit.MICROS);
    }

    @POST
    @Path("snapshots")
    @Requires(Permission.JOB_OPERATE)
    public Response trigger(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        SnapshotView view = SnapshotViews.of(workspace, service.trigger(JobService.known(workspace, job), key(key)));
        return Response.accepted(view).location(place(workspace, job, view)).build();
    }

    static Optional<UUID> key(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Here the Idempotency-Key is a UUID such as " + new UUID(0, 1) + ", not '" + text + "'.");
        }
    }

    @GET
    @Path("snapshots/{snapshot}")
    @Requires(Permission.JOB_READ)
    public SnapshotView get(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("snapshot") String snapshot) {
        return SnapshotViews.of(workspace, service.get(JobService.known(workspace, job), snapshot));
    }

    @PATCH
    @Path("snapshots/{snapshot}")
    @Requires(Permission.JOB_OPERATE)
    public SnapshotView patch(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("snapshot") String snapshot,
            @Nullable SnapshotPatch patch) {
        if (patch == null || patch.pinned() == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Say whether the snapshot is to be pinned: true or false.",
                    List.of(Flaw.at("/pinned", "missing")));
        }
        return SnapshotViews.of(workspace, service.pin(JobService.known(workspace, job), snapshot, patch.pinned()));
    }

    @DELETE
    @Path("snapshots/{snapshot}")
    @Requires(Permission.JOB_EDIT)
    public Response dispose(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("snapshot") String snapshot) {
        return Response.accepted(
                        SnapshotViews.of(workspace, service.dispose(JobService.known(workspace, job), snapshot)))
                .build();
    }

    @POST
    @Path("snapshot-imports")
    @Requires(Permission.JOB_EDIT)
    public Response importFrom(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @Nullable NewSnapshotImport wanted) {
        if (wanted == null || wanted.path() == null || wanted.path().isBlank()) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Say which savepoint: path is the folder that holds its _metadata.",
                    List.of(Flaw.at("/path", "missing")));
        }
        String id = imports.add(JobService.known(workspace, job), wanted.path())
                .id()
                .toString();
        SnapshotView view = SnapshotViews.of(workspace, service.get(JobService.known(workspace, job), id));
        return Response.created(place(workspace, job, view)).entity(view).build();
    }

    private static URI place(String workspace, String job, SnapshotView view) {
        return URI.create("/api/v1/workspaces/" + workspace + "/jobs/" + job + "/snapshots/" + view.id());
    }
}
