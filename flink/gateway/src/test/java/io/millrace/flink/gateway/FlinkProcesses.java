package io.millrace.flink.gateway;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real session cluster: one JobManager and one TaskManager as processes, on free ports of the loopback address. */
final class FlinkProcesses implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int restPort;
    private final Process jobManager;
    private final Process taskManager;

    private FlinkProcesses(int restPort, Process jobManager, Process taskManager) {
        this.restPort = restPort;
        this.jobManager = jobManager;
        this.taskManager = taskManager;
    }

    static FlinkProcesses start(Path folder) throws IOException {
        int rest = freePort();
        Files.writeString(folder.resolve("config.yaml"), config(rest, freePort(), folder));
        Process jobs = java(
                folder, "jobmanager", "320m", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        Process tasks = java(folder, "taskmanager", "320m", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        FlinkProcesses cluster = new FlinkProcesses(rest, jobs, tasks);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(cluster::hasSlots);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static String config(int rest, int rpc, Path folder) {
        return """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.bind-port: "%d"
                rest.port: %d
                web.refresh-interval: 100 ms
                execution.checkpointing.dir: %s
                taskmanager.numberOfTaskSlots: 16
                taskmanager.cpu.cores: 2.0
                taskmanager.memory.framework.heap.size: 64 mb
                taskmanager.memory.framework.off-heap.size: 64 mb
                taskmanager.memory.task.heap.size: 128 mb
                taskmanager.memory.task.off-heap.size: 0 mb
                taskmanager.memory.network.min: 64 mb
                taskmanager.memory.network.max: 64 mb
                taskmanager.memory.managed.size: 64 mb
                taskmanager.memory.jvm-metaspace.size: 128 mb
                taskmanager.memory.jvm-overhead.min: 64 mb
                taskmanager.memory.jvm-overhead.max: 64 mb
                """.formatted(rpc, rest, rest, folder.resolve("checkpoints").toUri());
    }

    private static Process java(Path folder, String name, String heap, String main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(List.of(System.getProperty("millrace.flink.opens", "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath()), main));
        command.addAll(List.of("--configDir", folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasSlots() {
        try {
            return rest("/overview").body().contains("\"slots-available\":16");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    int restPort() {
        return restPort;
    }

    /** An answer of Flink's own REST API. */
    Reply rest(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .build());
    }

    /** Asks for something of Flink's own REST API. */
    Reply post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    void cancel(String jobId) {
        send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/jobs/" + jobId))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Waits until the job is in one of these states. */
    void awaitState(String jobId, String... states) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            String body = rest("/jobs/" + jobId).body();
            return List.of(states).stream().anyMatch(state -> body.contains("\"state\":\"" + state + "\""));
        });
    }

    private static Reply send(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Reply(int status, String body) {}

    @Override
    public void close() {
        for (Process process : List.of(taskManager, jobManager)) {
            process.destroy();
        }
        for (Process process : List.of(taskManager, jobManager)) {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }
}
