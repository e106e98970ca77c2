package io.millrace.server.http;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Set;

/**
 * Decides who gets through to a resource: methods without a declared permission are closed, and a page of another
 * origin can neither call the API nor, by a name that resolves to this machine, pretend to be this server.
 */
@Provider
public final class AccessFilter implements ContainerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var method = resource.getResourceMethod();
        if (method == null
                || !(method.isAnnotationPresent(Requires.class) || method.isAnnotationPresent(Public.class))) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, "This call is not open to anybody.");
        }
        String origin = request.getHeaderString("Origin");
        URI self = request.getUriInfo().getBaseUri();
        if (origin != null && !sameOrigin(origin, self)) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, "Pages of " + origin + " may not call this server; open its own console.");
        }
        boolean foreignPage = "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"));
        if (foreignPage && !READS.contains(request.getMethod())) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, "Pages of other sites may not change anything here.");
        }
    }

    private static boolean sameOrigin(String origin, URI self) {
        try {
            URI from = URI.create(origin);
            return equalsIgnoreCase(from.getHost(), self.getHost()) && port(from) == port(self);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean equalsIgnoreCase(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
