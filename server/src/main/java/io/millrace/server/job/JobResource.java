package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobVersionView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobName;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** HTTP face of {@link JobService}. */
@Path("/api/v1/jobs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
    private final JobService service;

    JobResource(JobService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<JobView> list(
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("observed") List<ObservedState> observed,
            @QueryParam("q") @Nullable String text,
            @QueryParam("sort") @Nullable String sort) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        int offset = (int) Math.min(Integer.MAX_VALUE, page.number(0));
        List<ListedJob> jobs = service.list(new JobFilter(
                JobViews.states(observed), Optional.ofNullable(text), JobViews.order(sort), offset, page.size() + 1));
        return views(page, jobs, listed -> offset + page.size(), JobViews::of);
    }

    @GET
    @Path("{name}")
    @Requires(Permission.JOB_READ)
    public Response get(@PathParam("name") String name) {
        return answer(service.get(known(name)));
    }

    @PUT
    @Path("{name}")
    @Requires(Permission.JOB_EDIT)
    public Response apply(
            @PathParam("name") String name,
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @HeaderParam("If-None-Match") @Nullable String noneMatch,
            @Nullable JobSpec spec) {
        var expected = new JobService.Expected(absent(noneMatch), match == null ? Optional.empty() : version(match));
        JobService.Applied applied = service.apply(new JobName(name), JobViews.spec(spec), expected, dryRun);
        Response.ResponseBuilder response = Response.ok(JobViews.of(applied));
        applied.job()
                .ifPresent(listed -> response.header(
                        HttpHeaders.ETAG, IfMatch.etag(listed.job().generation())));
        return response.build();
    }

    @PATCH
    @Path("{name}")
    @Requires(Permission.JOB_OPERATE)
    public Response patch(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable JobPatch patch) {
        Optional<Long> generation = version(IfMatch.required(match));
        if (patch == null || patch.desired() == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Say what is wanted of the job: desired is RUNNING or STOPPED.",
                    List.of(Flaw.at("/desired", "missing")));
        }
        if (patch.desired() == DesiredState.RUNNING) {
            boolean empty = patch.empty() != null && patch.empty();
            return answer(service.start(known(name), generation, empty));
        }
        boolean savepoint = patch.savepoint() == null || patch.savepoint();
        return answer(service.stop(known(name), generation, savepoint));
    }

    @DELETE
    @Path("{name}")
    @Requires(Permission.JOB_EDIT)
    public void delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable IfMatch match) {
        service.delete(known(name), version(IfMatch.required(match)));
    }

    @GET
    @Path("{name}/versions")
    @Requires(Permission.JOB_READ)
    public Page<JobVersionView> versions(
            @PathParam("name") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var versions = service.versions(known(name), page.number(Long.MAX_VALUE), page.size() + 1);
        return views(page, versions, version -> version.version(), JobViews::of);
    }

    @GET
    @Path("{name}/events")
    @Requires(Permission.JOB_READ)
    public Page<JobEventView> events(
            @PathParam("name") String name,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var events = service.events(known(name), page.number(Long.MAX_VALUE), page.size() + 1);
        return views(page, events, event -> event.id(), JobViews::of);
    }

    private static Response answer(ListedJob listed) {
        return Response.ok(JobViews.of(listed))
                .header(HttpHeaders.ETAG, IfMatch.etag(listed.job().generation()))
                .build();
    }

    private static <T, V> Page<V> views(
            PageRequest request, List<T> items, Function<T, Number> key, Function<T, V> view) {
        Page<T> page = request.page(items, item -> String.valueOf(key.apply(item)));
        return new Page<>(page.items().stream().map(view).toList(), page.nextPageToken());
    }

    /** A name that cannot be one is that of no job. */
    private static JobName known(String name) {
        try {
            return new JobName(name);
        } catch (MillraceException e) {
            throw new MillraceException(ErrorCode.JOB_NOT_FOUND, "There is no job '" + name + "'.", e);
        }
    }

    private static Optional<Long> version(IfMatch match) {
        OptionalLong version = match.version();
        return version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty();
    }

    private static boolean absent(@Nullable String noneMatch) {
        if (noneMatch != null && !noneMatch.strip().equals("*")) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "If-None-Match can only be *: create, never replace.");
        }
        return noneMatch != null;
    }
}
