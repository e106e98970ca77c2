package io.millrace.server.target;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.Submission;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells with whose rights a job runs, and over what. */
public interface RunsAs {
    /** Empty when who wrote the job is disabled or deleted. */
    Optional<Standing> of(Submission job);

    /**
     * What a submission stands on.
     *
     * @param objects keys of the tables and functions that it may touch; absent if it was applied before they were
     *     written down
     * @param refusal why it must not run, if so
     * @param changes what may be why it cannot be planned, with a space before it; empty if nothing
     */
    record Standing(UUID principal, Optional<Set<String>> objects, Optional<String> refusal, String changes) {
        public Standing {
            requireNonNull(principal, "principal");
            objects = objects.map(Set::copyOf);
            requireNonNull(refusal, "refusal");
            requireNonNull(changes, "changes");
        }
    }
}
