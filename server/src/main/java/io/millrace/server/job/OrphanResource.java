package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.OrphanView;
import io.millrace.api.job.SnapshotOrigin;
import io.millrace.core.access.Permission;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.Optional;

/** HTTP face of {@link OrphanService}. */
@Path("/api/v1/snapshot-orphans")
@Produces(MediaType.APPLICATION_JSON)
public final class OrphanResource {
    private final OrphanService service;

    OrphanResource(OrphanService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<OrphanView> list() {
        return new Page<>(service.list().stream().map(OrphanResource::view).toList(), null);
    }

    @DELETE
    @Path("{snapshot}")
    @Requires(Permission.JOB_EDIT)
    public Response dispose(@PathParam("snapshot") String snapshot) {
        service.dispose(snapshot);
        return Response.accepted().build();
    }

    private static OrphanView view(OrphanService.Orphan orphan) {
        Optional<SnapshotEntry> entry = orphan.entry();
        return new OrphanView(
                entry.map(known -> known.id().toString()).orElse(null),
                orphan.target().value(),
                orphan.workspace().orElse(null),
                entry.map(known -> known.of().name().value()).orElse(null),
                entry.map(known -> known.of().version()).orElse(null),
                entry.map(known -> SnapshotOrigin.valueOf(known.origin().name()))
                        .orElse(null),
                entry.flatMap(SnapshotEntry::taken).map(Snapshot::path).orElse(orphan.directory()),
                orphan.contents().map(Contents::files).orElse(null),
                orphan.contents().map(Contents::bytes).orElse(null),
                entry.map(SnapshotEntry::createdAt).orElse(null));
    }
}
