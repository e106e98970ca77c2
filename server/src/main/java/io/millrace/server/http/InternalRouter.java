package io.millrace.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.problem.Problem;
import io.millrace.core.error.MillraceException;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The internal API: what Millrace's own processes ask of the server, on the management port, with the installation's
 * token. Users never reach it, and it is not described in {@code openapi.yaml}.
 */
@Singleton
public final class InternalRouter {
    private static final Logger LOG = Logger.getLogger(InternalRouter.class);
    static final String PREFIX = "/internal/v1";
    /** Says for whom a process calls; without it nothing is there. */
    private static final String CAPABILITY = "Millrace-Capability";

    private static final long MAX_BODY = 4L << 20;

    private final List<InternalEndpoints> endpoints;
    private final ObjectMapper json;
    private final Instance<Authenticator> authenticator;
    private final Caller caller;
    private final Instance<StatementActivity> activity;
    private final byte[] authorization;
    private @Nullable Router router;

    InternalRouter(
            @All List<InternalEndpoints> endpoints,
            ObjectMapper json,
            InternalConfig config,
            Instance<Authenticator> authenticator,
            Caller caller,
            Instance<StatementActivity> activity) {
        this.endpoints = endpoints;
        this.json = json;
        this.authenticator = authenticator;
        this.caller = caller;
        this.activity = activity;
        this.authorization = ("Bearer " + config.token()).getBytes(StandardCharsets.UTF_8);
    }

    void start(@Observes ManagementInterface management) {
        router = management.router();
        router.route(PREFIX + "/*").handler(this::authenticate);
        router.route(PREFIX + "/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        endpoints.forEach(each -> each.mount(this));
    }

    /** Path parameters are written {@code :name}. A null answer is 204. */
    public void handle(String method, String path, Function<InternalCall, @Nullable Object> handler) {
        Router mounted = router;
        if (mounted == null) {
            throw new IllegalStateException("the internal API is not started yet");
        }
        mounted.route(HttpMethod.valueOf(method), PREFIX + path)
                .blockingHandler(context -> answer(context, handler), false);
    }

    /** The same for what changes something: that is written down, named as the public call that does it. */
    public void change(String method, String path, String action, Function<InternalCall, @Nullable Object> handler) {
        handle(method, path, call -> activity.get().of(call, action, call.path(), () -> handler.apply(call)));
    }

    private void authenticate(RoutingContext context) {
        String given = context.request().getHeader("Authorization");
        if (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
            context.next();
        } else {
            context.response().setStatusCode(401).end();
        }
    }

    private void answer(RoutingContext context, Function<InternalCall, @Nullable Object> handler) {
        ManagedContext requests = Arc.container().requestContext();
        requests.activate();
        try {
            Bearer bearer = Optional.ofNullable(context.request().getHeader(CAPABILITY))
                    .flatMap(authenticator.get()::capability)
                    .orElse(Bearer.NOBODY);
            caller.is(bearer);
            Object answer = answer(new InternalCall(context, json, bearer), handler);
            if (answer == null) {
                context.response().setStatusCode(204).end();
            } else {
                send(context, "application/json", answer);
            }
        } catch (MillraceException e) {
            fail(context, e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "unexpected failure of %s", context.request().path());
            fail(context, Problems.unexpected(e));
        } finally {
            requests.terminate();
        }
    }

    private @Nullable Object answer(InternalCall call, Function<InternalCall, @Nullable Object> handler) {
        try {
            return handler.apply(call);
        } catch (MillraceException e) {
            activity.get().hidden(call);
            throw e;
        }
    }

    private void fail(RoutingContext context, MillraceException failure) {
        LOG.debugf("%s: %s", failure.code(), failure.getMessage());
        Problem problem = Problems.of(failure, context.request().path(), null);
        context.response().setStatusCode(problem.status());
        send(context, Problem.MEDIA_TYPE, problem);
    }

    private void send(RoutingContext context, String type, Object body) {
        try {
            context.response().putHeader("Content-Type", type).end(json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body.getClass() + " cannot be written as JSON", e);
        }
    }
}
