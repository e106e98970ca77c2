package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this one started. */
public final class Child {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final ProcessId id;

    private Child(Process process, ProcessId id) {
        this.process = requireNonNull(process, "process");
        this.id = requireNonNull(id, "id");
    }

    /** Starts {@code command} with nothing on its standard input. */
    public static Child start(Command command, ProcessTable table) throws IOException {
        Child child = startOpen(command, table);
        child.process.getOutputStream().close();
        return child;
    }

    private static Child startOpen(Command command, ProcessTable table) throws IOException {
        Process process = command.builder().start();
        // One that died at once is in the table no more; its start time then matters to nobody.
        return new Child(process, table.find(process.pid()).orElse(new ProcessId(process.pid(), 0)));
    }

    /** Runs a short-lived program to its end and gives its exit status; it never outlives an interrupt. */
    public static int run(Command command, String input, ProcessTable table) throws IOException, InterruptedException {
        Child child = startOpen(command, table);
        try (OutputStream stream = child.process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBeforeItRead) {
            // The exit status says more than the broken pipe.
        }
        try {
            return child.process.waitFor();
        } catch (InterruptedException e) {
            child.killWithItsChildren(table);
            throw e;
        }
    }

    /** Programs like initdb start others, which would go on for a while without them. */
    private void killWithItsChildren(ProcessTable table) {
        List<ProcessId> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> table.find(each.pid()).stream())
                .toList();
        var stopper = new Stopper(table);
        family.forEach(each -> stopper.send(each, Signal.KILL));
        process.onExit().join();
        family.forEach(each -> stopper.awaitGone(each, KILL_LIMIT));
    }

    public ProcessId id() {
        return id;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process is gone, or {@code limit} is over; true when it is gone. */
    public boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** As a shell would say it: 128 + n for a process that signal n ended. Only for one that is gone. */
    public int exitValue() {
        return process.exitValue();
    }
}
