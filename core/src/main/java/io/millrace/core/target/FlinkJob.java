package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/**
 * A job as its cluster shows it, ours or not.
 *
 * @param tasks how many tasks it has in all; 0 before it is scheduled
 * @param running how many of them run
 * @param finished how many of them are done
 */
public record FlinkJob(FlinkJobId id, String name, FlinkStatus status, int tasks, int running, int finished) {
    public FlinkJob {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(status, "status");
    }

    public boolean runsWholly() {
        return status == FlinkStatus.RUNNING && tasks > 0 && running + finished == tasks;
    }
}
