package io.millrace.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.millrace.api.problem.Problem;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.Kind;
import io.millrace.core.error.MillraceException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns what resources throw into problems. A caller's mistake is logged at debug, ours at error with the request's id. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @Context
    UriInfo uri;

    @Context
    HttpHeaders headers;

    @ServerExceptionMapper
    public Response millrace(MillraceException failure) {
        if (failure.code().kind() == Kind.BUG) {
            LOG.errorf(failure, "%s", failure.getMessage());
        } else {
            LOG.debugf("%s: %s", failure.code(), failure.getMessage());
        }
        return response(Problems.of(failure, uri.getPath(), requestId()));
    }

    /** Named by itself, because Quarkus has a mapper of its own for just this class. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException failure) {
        return json(failure);
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException failure) {
        return millrace(InvalidJson.of(failure));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        String path = uri.getPath();
        boolean call = path.toLowerCase(Locale.ROOT).contains("api") || FlinkProblems.isFlinks(path);
        if (call && carriesNothing()) {
            // Strangers learn nothing about which calls there are, however they spell them.
            return millrace(AccessFilter.notSignedIn());
        }
        int status = failure.getResponse().getStatus();
        ErrorCode code = status == 404 ? ErrorCode.NOT_FOUND : ErrorCode.REQUEST_INVALID;
        String detail = status == 404
                ? "There is nothing at " + path + "."
                : "The request was refused: "
                        + failure.getResponse().getStatusInfo().getReasonPhrase() + ".";
        Problem problem = Problems.of(code, detail, path, requestId());
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(
                        problem.type(),
                        problem.title(),
                        status,
                        problem.detail(),
                        problem.instance(),
                        problem.code(),
                        problem.requestId(),
                        problem.errors()))
                .build();
    }

    private boolean carriesNothing() {
        return headers.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && !headers.getCookies().containsKey(SessionCookie.NAME);
    }

    @ServerExceptionMapper
    public Response bug(Throwable failure) {
        MillraceException unexpected = Problems.unexpected(failure);
        LOG.errorf(failure, "unexpected failure of %s", uri.getPath());
        return response(Problems.of(unexpected, uri.getPath(), requestId()));
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, 2);
        }
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }

    private static String requestId() {
        return String.valueOf(MDC.get(RequestId.KEY));
    }

    /** What a body that does not parse says to the caller. */
    private static final class InvalidJson {
        static MillraceException of(JsonProcessingException failure) {
            String pointer = failure instanceof JsonMappingException mapping
                    ? mapping.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                            .collect(Collectors.joining())
                    : "";
            if (failure instanceof UnrecognizedPropertyException unknown) {
                String known = unknown.getKnownPropertyIds().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
                return new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "There is no field '" + unknown.getPropertyName() + "'.",
                        List.of(Flaw.at(pointer, "unknown field", "One of: " + known)));
            }
            return new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "The body is not what this call takes" + (pointer.isEmpty() ? "" : ", at " + pointer) + ": "
                            + failure.getOriginalMessage(),
                    List.of(Flaw.at(pointer, failure.getOriginalMessage())));
        }
    }
}
