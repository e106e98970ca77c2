package io.millrace.dist.boot;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.process.Stopper;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.HomeLock;
import io.millrace.dist.stack.Leftovers;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackRecord;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Ends a stack from outside: through its supervisor, or in its place when it died. */
final class StackStopper {
    private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(90);

    private final Home home;
    private final ProcessTable table = new ProcessTable();

    StackStopper(Home home) {
        this.home = requireNonNull(home, "home");
    }

    /** False when nothing was running. */
    boolean stop() {
        Optional<StackRecord> record = new StackFile(home.record()).read();
        if (record.isEmpty()) {
            return false;
        }
        boolean supervised = table.runs(record.get().supervisor());
        if (supervised) {
            new Stopper(table).stop(record.get().supervisor(), Signal.TERM, SUPERVISOR_LIMIT);
        }
        if (!Files.exists(home.lock())) {
            return supervised;
        }
        try (HomeLock lock = HomeLock.take(home)) {
            return !new Leftovers(table, Clock.systemUTC()).stop(home, lock).isEmpty() || supervised;
        }
    }
}
