package io.millrace.dist.drill;

import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server of the drill's own beside the stack's one. It starts last, so it takes the lease: jobs are in its hands, and
 * it can be killed without a supervisor that brings it back.
 */
final class DrillServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final String token;

    private DrillServer(Process process, int port, String token) {
        this.process = process;
        this.port = port;
        this.token = token;
    }

    /** Settings are added to those of the stack's server; {@code failpoint} is empty for none. */
    static DrillServer start(DrillStack stack, String failpoint, Map<String, String> settings) throws IOException {
        int port = freePort();
        int internal = freePort();
        Map<String, String> own = new HashMap<>(settings);
        own.put("quarkus.http.port", Integer.toString(port));
        own.put("quarkus.management.port", Integer.toString(internal));
        List<String> line = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.config.locations=" + stack.serverSettings(own),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                stack.serverJar().toString());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(stack.log("drill-server")));
        if (!failpoint.isEmpty()) {
            builder.environment().put("MILLRACE_FAILPOINT", failpoint);
        }
        DrillServer server = new DrillServer(builder.start(), port, stack.token());
        await("the drill's server is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !server.process.isAlive() || answers(internal));
        return server;
    }

    private static boolean answers(int internal) {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + internal + "/q/health/ready"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** To signal it. */
    ProcessId id() {
        return new ProcessTable().find(process.pid()).orElseThrow();
    }

    JobsClient jobs() {
        return client(token).jobs();
    }

    /** As whom a token proves. */
    MillraceClient client(String bearer) {
        return MillraceClient.at(URI.create("http://127.0.0.1:" + port))
                .withToken(() -> bearer)
                .withTimeout(Duration.ofSeconds(20));
    }

    /** As the kernel does it: SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** Asks for something that the server records and then dies of, perhaps before it answers. */
    void dieOf(Runnable wish) {
        try {
            wish.run();
        } catch (UnreachableException e) {
            // Whether it was recorded is seen by the end: nothing else leads to it.
        }
        awaitEnd(Jobs.CONVERGED);
    }

    void awaitEnd(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server did not end within " + atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
