package io.millrace.server.http;

import io.millrace.api.job.JobBulkView;
import io.millrace.api.problem.Problem;
import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityLog;
import io.millrace.core.error.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/**
 * Writes down each call that changes something, each that was refused for who made it, and what one asked for that is
 * hidden from who made it. What a call is named after is
 * its resource and method: {@code TableResource.drop} is {@code table.drop}.
 */
@Provider
public final class ActivityRecorder implements ContainerResponseFilter {
    private static final Logger LOG = Logger.getLogger(ActivityRecorder.class);
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);
    private static final String BASE = "/api/v1";

    /** Found at the first call: filters are made before there are settings. */
    private final Instance<ActivityLog> log;

    private final Caller caller;
    private final Clock clock;

    @Context
    ResourceInfo resource;

    @Context
    HttpServerRequest connection;

    ActivityRecorder(Instance<ActivityLog> log, Caller caller, Clock clock) {
        this.log = log;
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var method = resource.getResourceMethod();
        if (method == null) {
            return;
        }
        boolean oneOfMany = response.getEntity() instanceof JobBulkView bulk && bulk.refused() > 0;
        if (response.getStatus() >= 400 || oneOfMany) {
            // The answer is that of what is not there, and so is the time that it takes.
            caller.hidden()
                    .forEach(object -> log.get().later(activity(object.toString(), ErrorCode.ACCESS_DENIED.name())));
        }
        boolean read = READS.contains(request.getMethod()) || method.isAnnotationPresent(Unrecorded.class);
        if (read && !REFUSED.contains(response.getStatus())) {
            return;
        }
        String path = request.getUriInfo().getPath();
        Activity activity = activity(path.startsWith(BASE) ? path.substring(BASE.length()) : path, outcome(response));
        try {
            log.get().append(activity);
        } catch (RuntimeException e) {
            LOG.errorf(e, "not recorded: %s", activity);
        }
    }

    private Activity activity(String object, String outcome) {
        return new Activity(
                0,
                clock.instant(),
                caller.known().map(proof -> proof.principal().name().value()).orElse(""),
                action(),
                object,
                outcome,
                connection.remoteAddress().hostAddress(),
                String.valueOf(MDC.get(RequestId.KEY)));
    }

    private String action() {
        String noun = resource.getResourceClass().getSimpleName().replaceFirst("Resource(_Subclass)?$", "");
        return noun.substring(0, 1).toLowerCase(Locale.ROOT) + noun.substring(1) + "."
                + resource.getResourceMethod().getName();
    }

    private static String outcome(ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            return problem.code();
        }
        return response.getStatus() < 400 ? Activity.OK : "HTTP " + response.getStatus();
    }
}
