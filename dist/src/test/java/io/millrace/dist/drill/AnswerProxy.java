package io.millrace.dist.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a JobManager's REST API and answers in its place when it is told to. */
final class AnswerProxy implements AutoCloseable {
    private static final Pattern JOB = Pattern.compile("/jobs/([0-9a-f]{32})");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger orders = new AtomicInteger();
    private final HttpServer server;
    private final String target;
    private volatile Lie lie = Lie.NONE;

    /** What is told instead of the truth. */
    enum Lie {
        NONE,
        /** Any question: 503, as from a proxy before the cluster. */
        UNAVAILABLE,
        /** The list of jobs is empty; other answers are true. */
        NO_JOBS,
        /** Any question: a page for people, with 200. */
        PAGE,
        /** The list is empty, and each job is unknown, in the JobManager's own words. */
        FORGOTTEN
    }

    AnswerProxy(String target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void tell(Lie next) {
        orders.set(0);
        lie = next;
    }

    /** How many requests since the last {@link #tell} asked for a change. */
    int orders() {
        return orders.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            if (!exchange.getRequestMethod().equals("GET")) {
                orders.incrementAndGet();
            }
            Matcher job = JOB.matcher(path);
            boolean list = path.startsWith("/jobs/overview");
            switch (lie) {
                case UNAVAILABLE -> send(exchange, 503, "Service Unavailable");
                case PAGE -> send(exchange, 200, "<html><body>Welcome</body></html>");
                case NO_JOBS -> {
                    if (list) {
                        send(exchange, 200, "{\"jobs\":[]}");
                    } else {
                        pass(exchange, path);
                    }
                }
                case FORGOTTEN -> {
                    if (list) {
                        send(exchange, 200, "{\"jobs\":[]}");
                    } else if (job.find()) {
                        send(exchange, 404, "{\"errors\":[\"Job " + job.group(1) + " not found\"]}");
                    } else {
                        pass(exchange, path);
                    }
                }
                case NONE -> pass(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, String path) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest request = HttpRequest.newBuilder(URI.create(target + path))
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> truth = http.send(request, HttpResponse.BodyHandlers.ofString());
        send(exchange, truth.statusCode(), truth.body());
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
