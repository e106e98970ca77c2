package io.millrace.server.http;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells Flink's own clients of a problem in the one form that they read. After the {@link ActivityRecorder}. */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public final class FlinkProblems implements ContainerResponseFilter {
    private static final Pattern CALL = Pattern.compile("/v\\d+/.*");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem
                && isFlinks(request.getUriInfo().getPath())) {
            response.setEntity(Map.of("errors", List.of(text(problem))), null, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    /** Whether Flink's own clients call there. */
    static boolean isFlinks(String path) {
        return CALL.matcher(path).matches();
    }

    private static String text(Problem problem) {
        if (problem.status() == 401) {
            return "Sign in first: set the environment variable FLINK_REST_CLIENT_HEADERS to"
                    + " 'Authorization:Bearer TOKEN', with a token of `millrace access tokens create`.";
        }
        String hints = problem.errors().stream()
                .map(ProblemDetail::hint)
                .filter(Objects::nonNull)
                .map(hint -> " (" + hint + ")")
                .collect(Collectors.joining());
        return problem.detail() + hints;
    }
}
