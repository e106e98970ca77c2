package io.millrace.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The part of Flink's REST API that is about logs: of a JobManager, and of each TaskManager whose log there is. */
final class LoggingFlink implements AutoCloseable {
    private final Map<String, String> logs = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<String> jobs = new ArrayList<>();
    private final HttpServer server;

    LoggingFlink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, 1, Integer::sum);
            Optional<String> page = page(path);
            byte[] body = page.orElse("{\"errors\":[]}").getBytes(UTF_8);
            exchange.sendResponseHeaders(page.isPresent() ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void has(String job) {
        jobs.add("{\"jid\":\"" + job + "\"}");
    }

    /** Files by their paths. */
    Map<String, String> logs() {
        return logs;
    }

    Map<String, Integer> asked() {
        return asked;
    }

    private Optional<String> page(String path) {
        if (path.equals("/jobs/overview")) {
            return Optional.of("{\"jobs\":[" + String.join(",", jobs) + "]}");
        }
        if (path.equals("/taskmanagers")) {
            return Optional.of("{\"taskmanagers\":[" + taskManagers() + "]}");
        }
        return path.endsWith("/logs") ? Optional.of(list(path)) : Optional.ofNullable(logs.get(path));
    }

    private String taskManagers() {
        return logs.keySet().stream()
                .filter(log -> log.matches("/taskmanagers/[^/]+/log"))
                .map(log -> "{\"id\":\"" + log.split("/", -1)[2] + "\"}")
                .collect(Collectors.joining(","));
    }

    private String list(String path) {
        List<String> files = new ArrayList<>();
        new TreeMap<>(logs).forEach((name, text) -> {
            if (name.startsWith(path + "/")) {
                files.add(file(name.substring(path.length() + 1), text, 1000 - files.size()));
            } else if (path.equals(name + "s")) {
                files.add(file("flink.log", text, 2000));
            }
        });
        return "{\"logs\":[" + String.join(",", files) + "]}";
    }

    private static String file(String name, String text, int changed) {
        return "{\"name\":\"" + name + "\",\"size\":" + text.length() + ",\"mtime\":" + changed + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
