package io.millrace.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For benchmarks: JobManagers that answer what the reconciler asks while all goes well, in the words of Flink 2.3's REST API, each at a
 * port of its own. In a process of its own, so that what it costs is not counted. That the words are Flink's is tested
 * with a real one.
 *
 * <p>Reads JobIDs, one line for each cluster, separated by blanks, until an empty line; writes {@code ports} and the
 * ports; then answers {@code count} on its input with the number of requests so far.
 */
public final class FakeJobManagers {
    private static final String TASKS = """
            {"running":4,"canceling":0,"canceled":0,"total":4,"created":0,"scheduled":0,"deploying":0,"reconciling":0,\
            "finished":0,"initializing":0,"failed":0}""";

    private final AtomicLong requests = new AtomicLong();
    private final Executor executor = Executors.newFixedThreadPool(8);

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        FakeJobManagers fakes = new FakeJobManagers();
        List<String> ports = new ArrayList<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            ports.add(Integer.toString(fakes.start(List.of(line.split(" ")))));
        }
        System.out.println("ports " + String.join(" ", ports));
        while (input.readLine() != null) {
            System.out.println(fakes.requests.get());
        }
        System.exit(0);
    }

    /** Starts one; answers its port. */
    public int start(List<String> jobs) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/jobs/overview", answer(overview(jobs)));
        server.createContext(
                "/overview",
                answer("{\"taskmanagers\":1,\"slots-total\":400,\"slots-available\":0,\"jobs-running\":" + jobs.size()
                        + ",\"jobs-finished\":0,\"jobs-cancelled\":0,\"jobs-failed\":0,\"flink-version\":\"2.3.0\","
                        + "\"flink-commit\":\"fake\"}"));
        server.createContext(
                "/jobmanager/config",
                answer("[{\"key\":\"web.tmpdir\",\"value\":\"/tmp/flink-web-" + server.getAddress() + "\"}]"));
        server.start();
        return server.getAddress().getPort();
    }

    private static String overview(List<String> jobs) {
        List<String> all = new ArrayList<>();
        for (String job : jobs) {
            all.add("{\"jid\":\"" + job + "\",\"name\":\"default." + job
                    + "\",\"start-time\":1764000000000,\"end-time\":-1,\"duration\":1000000,\"state\":\"RUNNING\","
                    + "\"last-modification\":1764000000500,\"tasks\":" + TASKS
                    + ",\"pending-operators\":0,\"jobType\":\"STREAMING\",\"schedulerType\":\"Default\"}");
        }
        return "{\"jobs\":[" + String.join(",", all) + "]}";
    }

    private com.sun.net.httpserver.HttpHandler answer(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return exchange -> send(exchange, body);
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        requests.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
