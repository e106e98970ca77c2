package io.millrace.server.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests whose Host header names another machine while the server listens on loopback only: a page that
 * re-binds its own name to 127.0.0.1 would otherwise count as the console's own origin.
 */
@Singleton
final class HostFilter {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private final boolean loopbackOnly;

    HostFilter(@ConfigProperty(name = "quarkus.http.host") Optional<String> host) {
        this.loopbackOnly = host.map(LOCAL::contains).orElse(false);
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (loopbackOnly && !named(context.request())) {
                        context.response().setStatusCode(403).end("This server answers to its local names only.\n");
                    } else {
                        context.next();
                    }
                },
                1000);
    }

    private static boolean named(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host == null || LOCAL.contains(PORT.matcher(host).replaceFirst(""));
    }
}
