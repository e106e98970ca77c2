package io.millrace.server.http;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

import java.util.List;

/** Refuses query parameters with the character U+0000 as {@link RequestText} does; after it is known who calls. */
@Provider
@Priority(Priorities.USER + 1)
public final class QueryText implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "The parameter " + name + " holds the character U+0000; leave it out.",
                        List.of(Flaw.at("/" + name, "holds U+0000")));
            }
        });
    }
}
