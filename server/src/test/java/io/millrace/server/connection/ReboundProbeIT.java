package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.server.connection.probe.ProbeMain;
import io.millrace.server.connection.probe.ProbeRequest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A name that leads elsewhere as soon as the test of a connection has checked it; the resolver is a file of hosts. */
@Timeout(60)
class ReboundProbeIT {
    private static final int PATIENCE_MILLIS = 30_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mysql", "kafka", "redis"})
    void isFollowedNoFurther(String kind) throws IOException, InterruptedException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.2 moving.example\n");
        // In this order: all the world has ports of 127.0.0.1.
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket checked = new ServerSocket(other.getLocalPort(), 5, InetAddress.getByName("127.0.0.2"))) {
            checked.setSoTimeout(PATIENCE_MILLIS);
            Process process = start(hosts);
            try (OutputStream in = process.getOutputStream()) {
                in.write(Json.write(request(kind, checked.getLocalPort())).getBytes(StandardCharsets.UTF_8));
            }
            checked.accept().close();
            Files.writeString(hosts, "127.0.0.1 moving.example\n");
            checked.accept().close();
            process.destroyForcibly().waitFor();

            other.setSoTimeout(1);
            assertThat(catchAccept(other)).as("nobody came").isFalse();
        }
    }

    private static boolean catchAccept(ServerSocket listener) {
        try {
            listener.accept().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Without the cache that Java has by itself, which would hide what is tested here. */
    private static Process start(Path hosts) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-Dsun.net.inetaddr.ttl=0",
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProbeMain.class.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProbeRequest request(String kind, int port) {
        Map<String, Object> fields = switch (kind) {
            case "kafka" ->
                Map.of("bootstrapServers", List.of("moving.example:" + port), "securityProtocol", "PLAINTEXT");
            case "postgres" ->
                Map.of(
                        "host", "moving.example",
                        "port", port,
                        "database", "crm",
                        "username", "us",
                        "tls", "disable");
            case "mysql" -> Map.of("host", "moving.example", "port", port, "username", "us", "tls", "disable");
            default -> Map.of("host", "moving.example", "port", port, "database", 0, "tls", false);
        };
        return new ProbeRequest(kind, fields, Map.of("password", "pw"), List.of("*"), List.of("127.0.0.1"));
    }
}
