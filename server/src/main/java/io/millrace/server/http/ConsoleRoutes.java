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
    private static final List<String> SERVED_ELSEWHERE = List.of("/api/", "/q/", "/problems/", "/assets/");
    private static final int AFTER_EVERYTHING_ELSE = 50_000;

    void register(@Observes Router router) {
        router.route().order(-1).handler(ConsoleRoutes::harden);
        router.route("/*").method(HttpMethod.GET).order(AFTER_EVERYTHING_ELSE).handler(ConsoleRoutes::page);
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    private static void page(RoutingContext context) {
        String path = context.normalizedPath();
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        if (file || path.equals("/") || SERVED_ELSEWHERE.stream().anyMatch(path::startsWith)) {
            context.next();
        } else {
            context.reroute("/");
        }
    }
}
