package io.millrace.server.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.MDC;

import java.util.UUID;

/** Gives each request an id that its log lines, its answer and its problem carry. */
@Provider
@PreMatching
public final class RequestId implements ContainerRequestFilter {
    static final String KEY = "request";
    private static final String HEADER = "X-Request-Id";

    @Override
    public void filter(ContainerRequestContext request) {
        MDC.put(KEY, String.valueOf(request.getHeaderString(HEADER)));
    }

    /** Runs before everything else, so that also answers of other layers carry the id. */
    @Singleton
    static final class Stamp {
        void register(@Observes Filters filters) {
            filters.register(
                    context -> {
                        String id = UUID.randomUUID().toString().substring(0, 8);
                        context.request().headers().set(HEADER, id);
                        context.response().putHeader(HEADER, id);
                        context.next();
                    },
                    2000);
        }
    }
}
