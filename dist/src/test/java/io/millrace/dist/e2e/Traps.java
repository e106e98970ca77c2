package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What somebody who breaks out of the stack would touch: servers to which hostile inputs lead, and what the stack's Java
 * processes start and write, as their own flight recorders know it.
 */
final class Traps implements AutoCloseable {
    private static final String RECORDING = "traps";
    private static final String EVENTS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.ProcessStart"><setting name="enabled">true</setting></event>
              <event name="jdk.FileWrite">
                <setting name="enabled">true</setting><setting name="threshold">0 ns</setting>
              </event>
            </configuration>
            """;

    private final Millrace millrace;
    private final Path folder;
    private final List<Long> watched = new ArrayList<>();
    private final Map<String, ServerSocket> listeners = new TreeMap<>();
    private final Queue<String> visits = new ConcurrentLinkedQueue<>();

    /** The folder is for what was recorded. */
    Traps(Millrace millrace, Path folder) throws IOException {
        this.millrace = millrace;
        this.folder = folder;
        Path events = Files.writeString(folder.resolve("traps.jfc"), EVENTS);
        for (ProcessHandle process : millrace.processes()) {
            if (process.info().command().orElse("").endsWith("/java")) {
                jcmd(process.pid(), "JFR.start", "name=" + RECORDING, "settings=" + events);
                watched.add(process.pid());
            }
        }
    }

    /** The port of a new server that answers nobody and remembers who came. */
    int listen(String name) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listeners.put(name, listener);
        Thread thread = new Thread(() -> accept(name, listener), "trap-" + name);
        thread.setDaemon(true);
        thread.start();
        return listener.getLocalPort();
    }

    private void accept(String name, ServerSocket listener) {
        try {
            while (true) {
                try (Socket visitor = listener.accept()) {
                    visits.add(visit(name, visitor.getPort()));
                }
            }
        } catch (SocketException closed) {
            // The test has ended.
        } catch (IOException e) {
            visits.add(name + ": " + e);
        }
    }

    /** Who came to the listeners. Visits of our own, which are the last ones, show that those before were seen. */
    List<String> visits() throws IOException {
        List<String> own = new ArrayList<>();
        for (var listener : listeners.entrySet()) {
            int port = listener.getValue().getLocalPort();
            try (Socket visit = new Socket(InetAddress.getLoopbackAddress(), port)) {
                own.add(visit(listener.getKey(), visit.getLocalPort()));
            }
        }
        await().until(() -> visits.containsAll(own));
        return visits.stream().filter(visit -> !own.contains(visit)).toList();
    }

    private static String visit(String name, int port) {
        return name + " from port " + port;
    }

    /** The command line of each process that the stack's Java processes have started since then. */
    List<String> started() throws IOException {
        return recorded("jdk.ProcessStart", "command");
    }

    /** The files that they have written since then, without these recordings. */
    List<String> written() throws IOException {
        return recorded("jdk.FileWrite", "path").stream()
                .filter(file -> !recordings().contains(Path.of(file)))
                .toList();
    }

    private List<Path> recordings() {
        return watched.stream().map(this::recording).toList();
    }

    private Path recording(long pid) {
        return folder.resolve(pid + ".jfr");
    }

    private List<String> recorded(String event, String field) throws IOException {
        List<String> found = new ArrayList<>();
        for (long pid : watched) {
            Path file = recording(pid);
            jcmd(pid, "JFR.dump", "name=" + RECORDING, "filename=" + file);
            for (RecordedEvent each : RecordingFile.readAllEvents(file)) {
                if (each.getEventType().getName().equals(event) && each.getString(field) != null) {
                    found.add(each.getString(field));
                }
            }
        }
        return found;
    }

    private static void jcmd(long pid, String... command) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid)));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners.values()) {
            listener.close();
        }
        List<Long> alive = millrace.processes().stream().map(ProcessHandle::pid).toList();
        for (long pid : watched) {
            if (alive.contains(pid)) {
                jcmd(pid, "JFR.stop", "name=" + RECORDING);
            }
        }
    }
}
