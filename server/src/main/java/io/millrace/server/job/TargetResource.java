package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.TargetView;
import io.millrace.core.access.Permission;
import io.millrace.core.job.TargetSeen;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.util.Optional;

/** HTTP face of {@link TargetService}. */
@Path("/api/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
public final class TargetResource {
    private final TargetService service;

    TargetResource(TargetService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<TargetView> list() {
        return new Page<>(service.list().stream().map(TargetResource::view).toList(), null);
    }

    private static TargetView view(TargetService.Listed listed) {
        Optional<TargetSeen> seen = listed.seen();
        Optional<TargetSeen> answered = seen.filter(target -> target.seenAt().isPresent());
        return new TargetView(
                listed.name().value(),
                listed.kind(),
                answered.map(TargetSeen::flinkVersion).orElse(null),
                answered.map(TargetSeen::slotsTotal).orElse(null),
                answered.map(TargetSeen::slotsFree).orElse(null),
                seen.flatMap(TargetSeen::seenAt).orElse(null),
                seen.flatMap(TargetSeen::unknownSince).orElse(null));
    }
}
