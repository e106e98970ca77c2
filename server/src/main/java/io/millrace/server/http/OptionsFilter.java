package io.millrace.server.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses OPTIONS, which would be answered without a resource method and so without a check. Browsers send it for pages of
 * other origins, which may not call this server anyway.
 */
@Provider
@PreMatching
public final class OptionsFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.OPTIONS.equals(request.getMethod())) {
            throw new NotAllowedException(HttpMethod.GET);
        }
    }
}
