package io.millrace.server.logs;

import io.millrace.core.target.FlinkJobId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An attempt as its logs have it.
 *
 * @param processes those that wrote about it
 * @param cut up to when lines of it were deleted
 */
record AttemptLog(
        int number,
        FlinkJobId flinkJob,
        String target,
        Optional<Instant> sentAt,
        Optional<Instant> endedAt,
        Set<String> processes,
        Optional<Instant> cut) {
    /** What processes say of themselves just after it ended may be why. */
    private static final Duration AFTER = Duration.ofSeconds(30);

    /** Every attempt has to do with the JobManager. */
    Set<String> everyProcess() {
        Set<String> all = new TreeSet<>(processes);
        all.add(LogFile.JOBMANAGER);
        return all;
    }

    /** Whether an entry is about it, or about a process that ran it, at that time. */
    boolean concerns(LogSearch.Found found) {
        LogSearch.Chunk chunk = found.chunk();
        if (chunk.owner().job().isPresent()) {
            return chunk.owner().job().get().equals(flinkJob);
        }
        Instant at = found.entry().at();
        return chunk.target().equals(target)
                && everyProcess().contains(chunk.process())
                && sentAt.map(sent -> !at.isBefore(sent.minus(ClusterLogs.SKEW)))
                        .orElse(false)
                && endedAt.map(ended -> !at.isAfter(ended.plus(AFTER))).orElse(true);
    }
}
