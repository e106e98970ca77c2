package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Ends processes, ours or those of a supervisor that died: asks first, kills after a limit, touches no namesake. */
public final class Stopper {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final ProcessTable table;

    public Stopper(ProcessTable table) {
        this.table = requireNonNull(table, "table");
    }

    /** True when the process is gone at the end, also when it was gone before. */
    public boolean stop(ProcessId id, Signal polite, Duration limit) {
        send(id, polite);
        if (awaitGone(id, limit)) {
            return true;
        }
        send(id, Signal.KILL);
        return awaitGone(id, AFTER_KILL);
    }

    /** Sends to exactly this process; does nothing when it is gone. */
    public void send(ProcessId id, Signal signal) {
        Optional<ProcessHandle> handle = ProcessHandle.of(id.pid()).filter(ignored -> table.runs(id));
        if (handle.isEmpty()) {
            return;
        }
        switch (signal) {
            case TERM -> handle.get().destroy();
            case KILL -> handle.get().destroyForcibly();
            case INT -> sendByShell(id, signal);
        }
    }

    /** Java knows two signals only; every shell can send the others. */
    private static void sendByShell(ProcessId id, Signal signal) {
        try {
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -" + signal.name().toUpperCase(Locale.ROOT) + " \"$1\"",
                            "sh",
                            "" + id.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Looks often rather than use {@code onExit}, which for another one's child looks up to five seconds late. */
    public boolean awaitGone(ProcessId id, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (table.runs(id)) {
            if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }
}
