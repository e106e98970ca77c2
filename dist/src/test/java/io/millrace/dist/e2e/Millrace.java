package io.millrace.dist.e2e;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the assembled distribution, on a home of its own. Whatever still runs there at the end is killed. */
public final class Millrace implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of(requireNonNull(
            System.getProperty("millrace.distribution"), "run end-to-end tests by ./mvnw verify -De2e -pl dist -am"));
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final Thread atEnd = new Thread(this::killAll);

    /** What a command answered. */
    public record Answer(int exit, String out, String err) {
        /** The one object on standard output. */
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    public Millrace(Path home) {
        this.home = requireNonNull(home, "home");
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    public Path home() {
        return home;
    }

    public Millrace with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /**
     * Runs a command to its end. Those that only ask a server run in this JVM, where the next one finds all classes loaded;
     * they are the distribution's all the same.
     */
    public Answer run(String... arguments) throws IOException, InterruptedException {
        if (arguments.length == 0 || !LoadedCommands.KINDS.contains(arguments[0])) {
            return runProcess(arguments);
        }
        Map<String, String> all = new HashMap<>(System.getenv());
        all.put("MILLRACE_HOME", home.toString());
        all.putAll(environment);
        return LoadedCommands.of(DISTRIBUTION).run(all, LIMIT, arguments);
    }

    /** Runs a command to its end, as people do: each in a process. */
    public Answer runProcess(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("millrace", ".out");
        Path err = Files.createTempFile("millrace", ".err");
        try {
            return run(out, err, arguments);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Answer run(Path out, Path err, String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("millrace " + Arrays.toString(arguments) + " did not end; it said "
                    + Files.readString(out) + Files.readString(err));
        }
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a command and leaves it to the caller. */
    public Process start(String... arguments) throws IOException {
        return builder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Starts a command on a pseudo-terminal of its own: its input is the keyboard, and what the screen gets is appended to
     * a file. The exit code is the command's.
     */
    public Process startOnTerminal(Path screen, String... arguments) throws IOException {
        ProcessBuilder builder = builder(arguments);
        // A shell in between that got the Ctrl-C as well would end with 130 when the command has long ended with 0.
        String line =
                builder.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec ", ""));
        return builder.command("script", "--quiet", "--return", "--flush", "--command", line, "/dev/null")
                .redirectOutput(screen.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/millrace").toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line);
        builder.environment().put("MILLRACE_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Processes that work in this home: the supervisor, its parts and what they started. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(home);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Every command line of those processes. */
    public Stream<String> commandLines() {
        return processes().stream().map(process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .replace('\0', ' ');
            } catch (IOException gone) {
                return "";
            }
        });
    }

    private void killAll() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }
}
