package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.JobTagView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.core.access.Permission;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.Caller;
import io.millrace.server.http.EventClient;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import io.millrace.server.workspace.WorkspaceService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** HTTP face of {@link JobService} for the jobs of all workspaces. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobListResource {
    private final JobService service;
    private final JobLabels labels;
    private final JobEventStreams streams;
    private final Caller caller;

    JobListResource(JobService service, JobLabels labels, JobEventStreams streams, Caller caller) {
        this.service = service;
        this.labels = labels;
        this.streams = streams;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.JOB_READ)
    public Page<JobView> list(
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("workspace") @Nullable String workspace,
            @QueryParam("observed") List<ObservedState> observed,
            @QueryParam("q") @Nullable String text,
            @QueryParam("sort") @Nullable String sort,
            @Context UriInfo uri) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        int offset = (int) Math.min(Integer.MAX_VALUE, page.number(0));
        JobFilter filter = new JobFilter(
                JobViews.states(observed), Optional.ofNullable(text), JobViews.order(sort), offset, page.size() + 1);
        List<ListedJob> jobs = labels.list(
                filter,
                uri.getQueryParameters().getOrDefault("tag", List.of()),
                LabelViews.owner(uri.getQueryParameters().getFirst("owner")),
                Optional.ofNullable(workspace).map(WorkspaceService::known));
        return JobViews.page(page, jobs, listed -> offset + page.size(), JobViews::of);
    }

    /** What happens to jobs from now on, or behind the place that the client knows. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Requires(Permission.JOB_READ)
    public void events(
            @QueryParam("workspace") @Nullable String workspace,
            @QueryParam("job") @Nullable String job,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        var client = new EventClient(sink, sse);
        streams.open(caller.standing(), client, Optional.ofNullable(last), service.events(workspace, job));
    }

    @GET
    @Path("tags")
    @Requires(Permission.JOB_READ)
    public Page<JobTagView> tags(
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("workspace") @Nullable String workspace) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        String after = page.after();
        var counts = labels.tags(Optional.ofNullable(workspace).map(WorkspaceService::known)).entrySet().stream()
                .filter(count -> count.getKey().value().compareTo(after) > 0)
                .map(count -> new JobTagView(count.getKey().value(), count.getValue()))
                .limit(page.size() + 1L)
                .toList();
        return page.page(counts, JobTagView::tag);
    }
}
