package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.api.Json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Speaks the wire format on a free port: gives the answers it was told to, in order, the last one again and again. */
public final class FakeServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private String notice = "";

    private record Answer(int status, String body) {}

    public FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/api/v1", this::handle);
        http.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The next answer to a call such as {@code GET /jobs/x}, without the query. */
    public synchronized FakeServer on(String call, Object answer) {
        return on(call, 200, answer);
    }

    public synchronized FakeServer on(String call, int status, Object answer) {
        String body = answer instanceof String text ? text : Json.write(answer);
        answers.computeIfAbsent(call, any -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    /** What the server says besides its answers from now on. */
    public synchronized FakeServer noticing(String sentence) {
        notice = sentence;
        return this;
    }

    /** Method, path with query and body of each call so far. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** What proved the caller of each call so far; empty when nothing did. */
    public synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String uri = exchange.getRequestURI().toString().substring("/api/v1".length());
        Answer answer;
        String sentence;
        synchronized (this) {
            requests.add((exchange.getRequestMethod() + " " + uri + " " + body).stripTrailing());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            tokens.add(authorization == null ? "" : authorization);
            sentence = notice;
            String path = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
            Deque<Answer> queue = answers.get(exchange.getRequestMethod() + " " + path);
            answer = queue == null
                    ? new Answer(599, "nothing prepared for " + exchange.getRequestMethod() + " " + path)
                    : queue.size() > 1 ? queue.remove() : queue.element();
        }
        byte[] bytes = answer.body.getBytes(UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", answer.status < 400 ? "application/json" : "application/problem+json");
        if (!sentence.isEmpty()) {
            exchange.getResponseHeaders().set("Millrace-Notice", sentence.replace(" ", "%20"));
        }
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
