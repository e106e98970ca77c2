package io.millrace.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.vertx.ext.web.RoutingContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** One request to the internal API, as its handlers see it. */
public final class InternalCall {
    private final RoutingContext context;
    private final ObjectMapper json;
    private final Bearer bearer;

    InternalCall(RoutingContext context, ObjectMapper json, Bearer bearer) {
        this.context = context;
        this.json = json;
        this.bearer = bearer;
    }

    /** A part of the path, decoded. */
    public String path(String name) {
        return context.pathParam(name);
    }

    public Optional<String> query(String name) {
        return context.queryParam(name).stream().findFirst();
    }

    public Optional<IfMatch> ifMatch() {
        return Optional.ofNullable(context.request().getHeader("If-Match")).map(IfMatch::fromString);
    }

    /** The name of the user for whom the process calls. */
    public String caller() {
        return bearer.name();
    }

    /** The address from which that user called; empty when nobody did. */
    public String from() {
        return bearer.from();
    }

    /** Below the internal API. */
    String path() {
        return context.request().path().substring(InternalRouter.PREFIX.length());
    }

    /** Empty if the request has no body. */
    public <T> Optional<T> bodyIfAny(Class<T> type) {
        return context.body().length() > 0 ? Optional.of(body(type)) : Optional.empty();
    }

    public <T> T body(Class<T> type) {
        try {
            return json.readValue(context.body().buffer().getBytes(), type);
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorCode.REQUEST_INVALID, "The body is no " + type.getSimpleName() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the answer's status; 200 or, for a null answer, 204 otherwise. */
    public void status(int code) {
        context.response().setStatusCode(code);
    }

    /** Says something besides the answer, for whoever made the statement that this call is part of. */
    public void notice(List<String> sentences) {
        for (String sentence : sentences) {
            context.response().headers().add(Notices.HEADER, Notices.encoded(sentence));
        }
    }

    public void etag(long version) {
        context.response().putHeader("ETag", IfMatch.etag(version));
    }
}
