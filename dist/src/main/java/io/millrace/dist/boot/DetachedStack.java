package io.millrace.dist.boot;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static io.millrace.cli.ExitCode.FAILED;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Failures;
import io.millrace.dist.process.LogFile;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.process.Stopper;
import io.millrace.dist.stack.Distribution;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Phase;
import io.millrace.dist.stack.StackException;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackRecord;
import io.millrace.dist.stack.Supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A stack whose supervisor is a process of its own, watched by its record until it is up or has failed. */
final class DetachedStack {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Home home;
    private final ProcessId supervisor;
    private final Progress progress;
    private final ProcessTable table = new ProcessTable();

    private DetachedStack(Home home, ProcessId supervisor, Progress progress) {
        this.home = home;
        this.supervisor = supervisor;
        this.progress = progress;
    }

    /** Starts a supervisor and waits until the stack is up or nothing of it is left. */
    static StackRecord start(Home home, StackOptions options, Progress progress, Fate fate)
            throws IOException, InterruptedException {
        home.create();
        var log = new LogFile(home.log(Supervisor.NAME));
        long before = log.size();
        Process process = command(home, options).start();
        ProcessId id = new ProcessTable()
                .find(process.pid())
                .orElseThrow(() -> new StackException(ENVIRONMENT, "The supervisor ended at once; " + log(home)));
        var stack = new DetachedStack(home, id, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> fate.end(stack::stop), "undo"));
        Optional<StackRecord> end = stack.follow();
        if (end.filter(record -> record.phase() == Phase.UP).isEmpty()) {
            fate.keep(); // There is nothing left that could be undone.
        }
        return end.orElseThrow(() -> refusal(process, log, before, home));
    }

    /** Watches a stack that somebody else is starting or stopping. */
    static StackRecord join(Home home, StackRecord record, Progress progress) throws InterruptedException {
        return new DetachedStack(home, record.supervisor(), progress)
                .follow()
                .orElseThrow(() -> new StackException(FAILED, "The stack's supervisor died; " + log(home)));
    }

    /** Empty when the supervisor ended without a word in the record. */
    private Optional<StackRecord> follow() throws InterruptedException {
        var file = new StackFile(home.record());
        while (true) {
            // In this order: what it wrote last is there once it is gone.
            boolean runs = table.runs(supervisor);
            Optional<StackRecord> record =
                    file.read().filter(seen -> seen.supervisor().equals(supervisor));
            record.ifPresent(progress::show);
            boolean up = record.filter(seen -> seen.phase() == Phase.UP).isPresent();
            if (up || !runs) {
                progress.end();
                return record.filter(seen -> seen.phase() != Phase.STARTING);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    private void stop() {
        new Stopper(table).stop(supervisor, Signal.TERM, STOP_LIMIT);
        new StackStopper(home).stop();
    }

    /** The supervisor says why in its log, as any command says it to the user. */
    private static StackException refusal(Process process, LogFile log, long before, Home home) {
        int status = process.onExit().join().exitValue();
        ExitCode code = Arrays.stream(ExitCode.values())
                .filter(known -> known.number() == status && known != ExitCode.OK)
                .findFirst()
                .orElse(FAILED);
        var words = new ByteArrayOutputStream();
        try {
            log.copyFrom(before, words);
        } catch (IOException e) {
            // Then without its words.
        }
        for (String line : words.toString(StandardCharsets.UTF_8).lines().toList()) {
            // The supervisor prints a refusal like any command, and the one who started it passes it on.
            if (line.startsWith(Failures.PREFIX)) {
                return new StackException(code, line.substring(Failures.PREFIX.length()));
            }
        }
        return new StackException(code, "The supervisor ended with exit status " + status + "; " + log(home));
    }

    private static String log(Home home) {
        return "its log is " + home.log(Supervisor.NAME) + ".";
    }

    private static ProcessBuilder command(Home home, StackOptions options) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            line.add(SETSID.toString());
        }
        Distribution distribution = Distribution.ofThisProcess();
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xms8m",
                "-Xmx64m",
                "-Dmillrace.distribution=" + distribution.folder(),
                // Nobody reads it but people who look at the list of processes.
                "-Dmillrace.home=" + home.folder(),
                "-cp",
                distribution.folder().resolve("lib/launcher") + "/*",
                Main.class.getName(),
                "supervise"));
        line.addAll(options.line());
        var builder = new ProcessBuilder(line)
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.log(Supervisor.NAME).toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("MILLRACE_HOME", home.folder().toString());
        return builder;
    }
}
