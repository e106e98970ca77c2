package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.NewProof;
import io.millrace.api.job.ProofView;
import io.millrace.core.access.Permission;
import io.millrace.core.job.Proof;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.Optional;

/** Whether a version of a job can go on from a snapshot. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ProofResource {
    private final ProofService service;

    ProofResource(ProofService service) {
        this.service = service;
    }

    @POST
    @Path("versions/{version}/proofs")
    @Requires(Permission.JOB_OPERATE)
    public Response prove(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("version") long version,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable NewProof wanted) {
        Optional<String> snapshot =
                Optional.ofNullable(wanted == null ? null : wanted.snapshot()).filter(text -> !text.isBlank());
        ProofView view = view(
                workspace,
                job,
                service.prove(JobService.known(workspace, job), version, snapshot, SnapshotResource.key(key)));
        URI place = URI.create("/api/v1/workspaces/" + workspace + "/jobs/" + job + "/proofs/" + view.id());
        return Response.accepted(view).location(place).build();
    }

    @GET
    @Path("proofs")
    @Requires(Permission.JOB_READ)
    public Page<ProofView> list(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        long number = page.number(Long.MAX_VALUE);
        Instant before = number == Long.MAX_VALUE ? SnapshotLedger.EVER : Instant.EPOCH.plus(number, ChronoUnit.MICROS);
        return JobViews.page(
                page,
                service.list(JobService.known(workspace, job), before, page.size() + 1),
                proof -> ChronoUnit.MICROS.between(Instant.EPOCH, proof.createdAt()),
                proof -> view(workspace, job, proof));
    }

    @GET
    @Path("proofs/{proof}")
    @Requires(Permission.JOB_READ)
    public ProofView get(
            @PathParam("workspace") String workspace, @PathParam("job") String job, @PathParam("proof") String proof) {
        return view(workspace, job, service.get(JobService.known(workspace, job), proof));
    }

    private static ProofView view(String workspace, String job, Proof proof) {
        Proof.What what = proof.what();
        return new ProofView(
                proof.id().toString(),
                workspace,
                job,
                what.version(),
                what.from() == 0 ? null : what.from(),
                io.millrace.api.job.ProofPhase.valueOf(proof.phase().name()),
                proof.verdict()
                        .map(verdict -> io.millrace.api.job.ProofVerdict.valueOf(verdict.name()))
                        .orElse(null),
                proof.outcome(),
                proof.path().orElse(null),
                what.kept() == 0 ? null : what.kept(),
                proof.sent().map(sent -> sent.id().value()).orElse(null),
                what.author(),
                proof.createdAt(),
                proof.changedAt());
    }
}
