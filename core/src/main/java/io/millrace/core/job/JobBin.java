package io.millrace.core.job;

import java.time.Instant;
import java.util.Optional;

/**
 * Deleted jobs, until they are restored or purged. They keep everything but their name, which is free, and nothing is
 * done with them. Two implementations, SQL and in-memory, pass one contract test.
 */
public interface JobBin {
    /** Moves a job there; false, and nothing is done, when it changed since {@code job} was read or is not at rest. */
    boolean put(Job job, Deletion deletion, JobEvent event);

    Optional<ListedJob> find(JobId id);

    /** Takes a job out under the name that {@code next} has, if the stored generation is {@code next.generation() - 1}. */
    Restored restore(Job next, JobEvent event);

    /** Forgets a job that is in it; false when it is not. */
    boolean purge(JobId id);

    /** Forgets those that were deleted before then, at most {@code limit} of them; answers how many. */
    int purge(Instant before, int limit);

    /** What came of a restore. */
    enum Restored {
        DONE,
        /** Another job of the workspace has the name. */
        NAME_TAKEN,
        /** It is not in the bin, or changed meanwhile. */
        GONE
    }
}
