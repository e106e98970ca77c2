package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.process.Stopper;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a supervisor that died left running. */
public final class Leftovers {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ProcessTable table;
    private final Stopper stopper;
    private final Clock clock;

    public Leftovers(ProcessTable table, Clock clock) {
        this.table = requireNonNull(table, "table");
        this.stopper = new Stopper(table);
        this.clock = requireNonNull(clock, "clock");
    }

    /** Ends each recorded process that still runs, the last in the record first; gives their names. Needs the home's lock. */
    public List<String> stop(Home home, HomeLock held) {
        requireNonNull(held, "held");
        var file = new StackFile(home.record());
        Optional<StackRecord> record = file.read();
        if (record.isEmpty() || record.get().phase() == Phase.DOWN) {
            return List.of();
        }
        List<String> stopped = new ArrayList<>();
        List<Entry> entries = new ArrayList<>(record.get().processes());
        Collections.reverse(entries);
        for (Entry entry : entries) {
            if (entry.process().filter(table::runs).isPresent()) {
                end(entry);
                stopped.add(entry.name());
            }
        }
        file.write(record.get().allEnded(clock.instant()));
        return stopped;
    }

    private void end(Entry entry) {
        boolean gone = stopper.stop(entry.process().orElseThrow(), Signal.TERM, LIMIT);
        if (!gone) {
            throw new StackException(
                    FAILED,
                    "Process " + entry.pid() + " (" + entry.name()
                            + ") of an earlier stack does not end, not even when killed; end it and try again.");
        }
    }
}
