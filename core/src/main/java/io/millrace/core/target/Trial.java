package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * A submission that restores a snapshot and writes nothing.
 *
 * @param job with the snapshot as its restore path
 * @param earlier the script that wrote the snapshot
 * @param earlierSettings what the earlier script ran with
 * @param dropped ids of the operators of the earlier script whose state may be let go
 */
public record Trial(Submission job, String earlier, Map<String, String> earlierSettings, Set<String> dropped) {
    public Trial {
        requireNonNull(job, "job");
        requireNonNull(earlier, "earlier");
        earlierSettings = Map.copyOf(earlierSettings);
        dropped = Set.copyOf(dropped);
        if (job.restorePath().isEmpty()) {
            throw new IllegalArgumentException("a trial restores something");
        }
    }
}
