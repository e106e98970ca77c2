package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The kernel's list of processes. A zombie counts as gone: it runs nothing and waits only for its parent. But a process
 * whose first thread has ended is shown as one while its other threads are still ending, and holds its files and locks
 * so long.
 */
public final class ProcessTable {
    private static final int STATE = 0;
    private static final int THREADS = 17;
    private static final int START_TICKS = 19;

    private final Path folder;

    public ProcessTable() {
        this(Path.of("/proc"));
    }

    ProcessTable(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    /** Who has this number now. */
    public Optional<ProcessId> find(long pid) {
        try {
            return parse(pid, Files.readString(folder.resolve(pid + "/stat")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    public boolean runs(ProcessId id) {
        return find(id.pid()).filter(id::equals).isPresent();
    }

    /** The name of the program may itself hold spaces and parentheses, so fields are counted from the last one. */
    static Optional<ProcessId> parse(long pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split("\\s+");
        if (fields.length <= START_TICKS || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        if (fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1) {
            return Optional.empty();
        }
        return Optional.of(new ProcessId(pid, Long.parseLong(fields[START_TICKS])));
    }
}
