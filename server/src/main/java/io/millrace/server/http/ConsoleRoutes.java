package io.millrace.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;

/** The console's pages have addresses that only the browser knows; all of them are the one document. */
@Singleton
final class ConsoleRoutes {
    private static final List<String> NO_PAGES = List.of("/api/", "/problems/", "/assets/", "/internal/", "/q/");

    /** The component library writes its styles into the page; scripts come from this server alone. */
    private static final String CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    void register(@Observes Router router) {
        // Before the resources, which answer every path that they don't know with a problem.
        router.route().order(-2).handler(ConsoleRoutes::harden);
        router.route("/*").method(HttpMethod.GET).order(-1).handler(ConsoleRoutes::page);
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    private static void page(RoutingContext context) {
        String path = context.normalizedPath();
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        boolean call = NO_PAGES.stream().anyMatch(path::startsWith) || FlinkProblems.isFlinks(path);
        if (file || call || path.equals("/")) {
            context.next();
        } else {
            context.reroute("/");
        }
    }
}
