package io.millrace.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.job.LogPage;
import io.millrace.core.access.Permission;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import io.millrace.server.job.JobService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** HTTP face of {@link LogService}. */
@Path("/api/v1/workspaces/{workspace}/jobs/{job}")
public final class LogResource {
    private static final int AT_ONCE = 1_000;

    private final LogService service;

    LogResource(LogService service) {
        this.service = service;
    }

    @GET
    @Path("logs")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Permission.JOB_READ)
    public LogPage ofJob(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @QueryParam("pageSize") @Nullable Integer size,
            @QueryParam("pageToken") @Nullable String token,
            @Context UriInfo uri) {
        return page(which(workspace, job, Optional.empty()), PageRequest.of(size, token), uri);
    }

    @GET
    @Path("attempts/{attempt}/logs")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Permission.JOB_READ)
    public LogPage ofAttempt(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("attempt") int attempt,
            @QueryParam("pageSize") @Nullable Integer size,
            @QueryParam("pageToken") @Nullable String token,
            @Context UriInfo uri) {
        return page(which(workspace, job, Optional.of(attempt)), PageRequest.of(size, token), uri);
    }

    @GET
    @Path("logs/text")
    @Produces(MediaType.TEXT_PLAIN)
    @Requires(Permission.JOB_READ)
    public Response textOfJob(
            @PathParam("workspace") String workspace, @PathParam("job") String job, @Context UriInfo uri) {
        return text(which(workspace, job, Optional.empty()), job + ".log", uri);
    }

    @GET
    @Path("attempts/{attempt}/logs/text")
    @Produces(MediaType.TEXT_PLAIN)
    @Requires(Permission.JOB_READ)
    public Response textOfAttempt(
            @PathParam("workspace") String workspace,
            @PathParam("job") String job,
            @PathParam("attempt") int attempt,
            @Context UriInfo uri) {
        return text(which(workspace, job, Optional.of(attempt)), job + "-" + attempt + ".log", uri);
    }

    private static LogService.Which which(String workspace, String job, Optional<Integer> attempt) {
        return new LogService.Which(JobService.known(workspace, job), attempt);
    }

    private LogPage page(LogService.Which which, PageRequest page, UriInfo uri) {
        LogService.Logs logs = service.find(which, LogViews.query(uri.getQueryParameters()));
        LogSearch.Result result = logs.page(LogViews.place(page.after()), page.size());
        return logs.view(result, result.more().map(LogViews::token));
    }

    private Response text(LogService.Which which, String name, UriInfo uri) {
        LogService.Logs logs = service.find(which, LogViews.query(uri.getQueryParameters()));
        List<String> notes = logs.notes();
        StreamingOutput lines = output -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
            for (String note : notes) {
                writer.append("# ").append(note).append('\n');
            }
            write(logs, writer);
            writer.flush();
        };
        return Response.ok(lines)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static void write(LogService.Logs logs, Writer writer) throws IOException {
        Optional<LogSearch.Place> after = Optional.empty();
        do {
            LogSearch.Result result = logs.page(after, AT_ONCE);
            for (LogSearch.Found found : result.found()) {
                writer.append(found.chunk().process())
                        .append("  ")
                        .append(found.entry().text())
                        .append('\n');
            }
            after = result.more();
        } while (after.isPresent());
    }
}
