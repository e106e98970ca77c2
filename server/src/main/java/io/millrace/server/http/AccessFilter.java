package io.millrace.server.http;

import io.millrace.core.access.Permission;
import io.millrace.core.access.Proof;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Decides who gets through to a resource: methods without a declared permission are closed, others ask who calls, and a
 * page of another origin can neither call the API nor, by a name that resolves to this machine, pretend to be this server.
 */
@Provider
public final class AccessFilter implements ContainerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final String BEARER = "Bearer ";

    /** Found at the first call: filters are made before there are settings. */
    private final Instance<Authenticator> authenticator;

    private final Caller caller;

    @Context
    ResourceInfo resource;

    @Context
    HttpServerRequest connection;

    AccessFilter(Instance<Authenticator> authenticator, Caller caller) {
        this.authenticator = authenticator;
        this.caller = caller;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        refuseForeignPages(request);
        var method = resource.getResourceMethod();
        Supplier<Optional<Proof>> proving = proving(request);
        proving.get()
                .ifPresent(proof ->
                        caller.is(proof, proving, connection.remoteAddress().hostAddress()));
        if (method != null && method.isAnnotationPresent(Public.class)) {
            return;
        }
        Proof proof = caller.known().orElseThrow(AccessFilter::notSignedIn);
        Requires required = method == null ? null : method.getAnnotation(Requires.class);
        if (required == null) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, "This call is not open to anybody.");
        }
        if (!proof.allows(required.value())) {
            throw denied(proof, required.value());
        }
    }

    private Supplier<Optional<Proof>> proving(ContainerRequestContext request) {
        Authenticator by = authenticator.get();
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer ? () -> by.bearer(header.substring(BEARER.length()).strip()) : Optional::empty;
        }
        Cookie cookie = request.getCookies().get(SessionCookie.NAME);
        return cookie == null ? Optional::empty : () -> by.session(cookie.getValue());
    }

    static MillraceException notSignedIn() {
        return new MillraceException(
                ErrorCode.NOT_SIGNED_IN,
                "Sign in first. Programs send a token: Authorization: Bearer TOKEN; the command line takes it from"
                        + " $MILLRACE_TOKEN or, for the local stack, by itself.");
    }

    private static MillraceException denied(Proof proof, Permission wanted) {
        String reason = proof.principal().admin()
                ? "the token is limited to " + new TreeSet<>(proof.credential().scope())
                : "'" + proof.principal().name() + "' does not have it; administrators do";
        return new MillraceException(ErrorCode.ACCESS_DENIED, "This takes " + wanted + ": " + reason + ".");
    }

    private static void refuseForeignPages(ContainerRequestContext request) {
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
