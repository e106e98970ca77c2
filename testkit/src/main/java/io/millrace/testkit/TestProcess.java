package io.millrace.testkit;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Java server that a test runs as a process of its own, on a free port of the loopback address. */
final class TestProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final int port;

    private TestProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts {@code java arguments…}, with {@code PORT} in them replaced, and waits until the port answers. */
    static TestProcess start(Path folder, String name, List<String> arguments) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.forEach(each -> command.add(each.equals("PORT") ? String.valueOf(port) : each));
        Path log = folder.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            TestProcess started = new TestProcess(process, port);
            started.await(name, log);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** The jars that a module of the build has put into its {@code target/lib}, and its own classes. */
    static String classPath(String module) {
        Path target = Path.of(System.getProperty("millrace.root"), "testkit", module, "target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(
                    target + " has no class path. Build it first: ./mvnw -q package -Dquick -pl testkit/" + module);
        }
        return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void await(String name, Path log) throws IOException {
        Awaitility.await(name)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || answers());
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended at once: " + Files.readString(log));
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port of the loopback address on which nobody listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end; one that fails fails the test with what it said. */
    static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("millrace-program", ".log");
        try {
            // A file and no pipe: a server that the program leaves behind holds on to it.
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
