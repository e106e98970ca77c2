package io.millrace.flink.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.millrace.api.Json;
import io.millrace.api.problem.Problem;
import io.millrace.flink.catalog.Acting;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

/** HTTP around {@link Routes}: the token, the size of bodies, JSON, and failures as problems. */
final class HttpApi implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    /** For whom the server asks; of a session, it is what the session was opened with. */
    private static final String CAPABILITY = "Millrace-Capability";

    private static final int MOST_BYTES = 4 << 20;

    private final byte[] authorization;
    private final Routes routes;

    HttpApi(String token, Routes routes) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (GatewayException e) {
                LOG.debug("{} {} refused", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer = Answer.of(e.problem());
            } catch (RejectedExecutionException e) {
                answer = Answer.of(new GatewayException(Code.SQL_LIMIT_REACHED, "Too much runs already.").problem());
            } catch (RuntimeException | LinkageError e) {
                String incident = UUID.randomUUID().toString();
                LOG.error("incident {}: {} {}", incident, exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer = Answer.of(new GatewayException(
                                Code.INTERNAL_ERROR,
                                "The gateway failed; its log has more under incident " + incident + ".")
                        .problem());
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange));
        if (!request.isHealth() && !authorized(exchange)) {
            throw new GatewayException(Code.NOT_SIGNED_IN, "The request lacks the gateway's token.");
        }
        String capability = exchange.getRequestHeaders().getFirst(CAPABILITY);
        return Acting.with(capability, () -> routes.route(request));
    }

    private boolean authorized(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new GatewayException(
                    Code.REQUEST_INVALID, "The request is larger than " + (MOST_BYTES >> 20) + " MB.");
        }
        return body;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = new byte[0];
        if (answer.body() != null) {
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.body() instanceof Problem ? Problem.MEDIA_TYPE : "application/json");
            body = json(answer.body());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] json(Object body) {
        try {
            return Json.lenient().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a wire record cannot be written", e);
        }
    }

    /** What is sent back. */
    record Answer(int status, @Nullable Object body) {
        static Answer ok(Object body) {
            return new Answer(200, body);
        }

        static Answer created(Object body) {
            return new Answer(201, body);
        }

        static Answer done() {
            return new Answer(204, null);
        }

        static Answer of(Problem problem) {
            return new Answer(problem.status(), problem);
        }
    }
}
