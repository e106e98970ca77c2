package io.millrace.server.access;

import io.millrace.api.Page;
import io.millrace.api.access.ActivityView;
import io.millrace.core.access.ActivityFilter;
import io.millrace.core.access.ActivityLog;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** HTTP face of {@link ActivityLog}. */
@Path("/api/v1/activity")
@Produces(MediaType.APPLICATION_JSON)
public final class ActivityResource {
    private final ActivityLog log;

    ActivityResource(ActivityLog log) {
        this.log = log;
    }

    @GET
    @Requires(Permission.ACTIVITY_READ)
    public Page<ActivityView> list(
            @QueryParam("by") @Nullable String by,
            @QueryParam("action") @Nullable String action,
            @QueryParam("object") @Nullable String object,
            @QueryParam("failed") boolean failed,
            @QueryParam("since") @Nullable String since,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        ActivityFilter filter = new ActivityFilter(
                Optional.ofNullable(by),
                Optional.ofNullable(action),
                object == null ? "" : object,
                failed,
                time(since));
        var some = log.list(filter, page.number(Long.MAX_VALUE), page.size() + 1).stream()
                .map(AccessViews::of)
                .toList();
        return page.page(some, activity -> String.valueOf(activity.number()));
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "since is a time such as 2026-03-01T08:00:00Z, not '" + text + "'.",
                    List.of(Flaw.at("/since", "not a time")));
        }
    }
}
