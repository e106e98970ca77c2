package io.millrace.server.connection;

import io.millrace.api.Json;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.probe.ProbeLine;
import io.millrace.server.connection.probe.ProbeMain;
import io.millrace.server.connection.probe.ProbeRequest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tries a connection in a process of its own, which gets nothing but the definition and its secrets, on its standard
 * input: arguments and environment can be seen by others. The process is ended when the time is over.
 */
final class ConnectionTester {
    private static final int AT_ONCE = 3;
    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 4000;

    /** The properties that say whom this Java trusts, if somebody set them. */
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStoreType", "javax.net.ssl.trustStorePassword");

    private final ServerClasspath classpath;
    private final Duration limit;
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    ConnectionTester(ServerClasspath classpath, Duration limit) {
        this.classpath = classpath;
        this.limit = limit;
    }

    /** What was found; STORE_UNAVAILABLE if too many tests run already. */
    TestReport test(ProbeRequest request) {
        long start = System.nanoTime();
        try {
            if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new MillraceException(
                        ErrorCode.STORE_UNAVAILABLE, AT_ONCE + " tests of connections run already; try again.");
            }
            try {
                return report(run(request), start);
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the process that tries a connection does not start", e);
        }
    }

    private List<ProbeLine> run(ProbeRequest request) throws IOException, InterruptedException {
        Process process = start();
        List<ProbeLine> lines = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, lines), "connection-test");
        reader.setDaemon(true);
        try {
            reader.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(Json.write(request.trusting(trust())).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The process ended first; its lines say why.
            }
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                // What it said last may still be unread, and ending it closes its output.
                reader.join(limit.toMillis());
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        reader.join(limit.toMillis());
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private static Map<String, String> trust() {
        Map<String, String> set = new HashMap<>();
        for (String name : TRUST) {
            String value = System.getProperty(name);
            if (value != null) {
                set.put(name, value);
            }
        }
        return set;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djdk.serialFilter=!*",
                "-Dorg.apache.kafka.automatic.config.providers=none",
                "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=",
                "-Dorg.apache.kafka.sasl.oauthbearer.allowed.files=",
                "-Dorg.apache.kafka.disallowed.login.modules=com.sun.security.auth.module.JndiLoginModule,"
                        + "com.sun.security.auth.module.LdapLoginModule",
                "-cp",
                classpath.text(),
                ProbeMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("java.home")).toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return builder.start();
    }

    private static void read(Process process, List<ProbeLine> lines) {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                ProbeLine parsed = Json.strict().readValue(line, ProbeLine.class);
                synchronized (lines) {
                    if (lines.size() >= MOST_LINES) {
                        return;
                    }
                    lines.add(parsed);
                }
            }
        } catch (IOException e) {
            // What was read until then counts; the stage that ran is told as failed.
        }
    }

    /** Empty at the end. */
    private static String line(BufferedReader out) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = out.read(); next >= 0 && next != '\n'; next = out.read()) {
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("line too long");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private TestReport report(List<ProbeLine> lines, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<ProbeLine> stages = new ArrayList<>();
        Optional<String> identity = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            ProbeLine line = lines.get(i);
            if (line.outcome().equals(ProbeLine.TOLD)) {
                identity = Optional.of(line.message());
            } else if (!line.outcome().equals(ProbeLine.RUNNING)) {
                stages.add(line);
            } else if (i == lines.size() - 1) {
                stages.add(unfinished(line.stage(), took));
            }
        }
        if (stages.isEmpty()) {
            stages.add(unfinished("RESOLVE", took));
        }
        boolean ok = stages.stream().noneMatch(stage -> stage.outcome().equals(ProbeLine.FAILED));
        return new TestReport(ok, took.toMillis(), stages, ok ? identity : Optional.empty());
    }

    private ProbeLine unfinished(String stage, Duration took) {
        boolean late = took.compareTo(limit) >= 0;
        String why = late
                ? "This took longer than " + limit.toSeconds() + " seconds and was ended."
                : "The store sent something that ended the test; it is probably of another kind.";
        return new ProbeLine(stage, ProbeLine.FAILED, took.toMillis(), why);
    }

    /**
     * What a test found.
     *
     * @param identity what the store says it is, if it says so and let the user in
     */
    record TestReport(boolean ok, long millis, List<ProbeLine> stages, Optional<String> identity) {}
}
