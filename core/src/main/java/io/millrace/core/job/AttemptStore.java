package io.millrace.core.job;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the reconciler reads and writes. Every write asserts the lease in its own transaction and throws
 * {@link LeaseLostException} without an effect when it has passed; {@link #seen} alone is for several leases, and says
 * which have passed. At most one attempt of a job is live, and no two
 * attempts share a JobID, whatever is written.
 */
public interface AttemptStore {
    /** What there is to look at on a target. */
    Todo todo(TargetName target);

    /** Everything about one job, from the primary database; empty when it is deleted. */
    Optional<JobState> load(JobId job);

    /**
     * Writes what a step decided, with the failure that it keeps, all or nothing. False, and nothing is written, when people changed the job since
     * {@code before} was read. After a crash the rows tell whether it happened.
     */
    boolean commit(Lease lease, JobState before, Step step);

    /** Those of {@code ids} that are live attempts. */
    Set<FlinkJobId> live(Set<FlinkJobId> ids);

    /** Notes an event on the job that once made the attempt {@code id}; does nothing when there is none. */
    void note(Lease lease, FlinkJobId id, JobEvent event);

    /**
     * Writes how clusters were last seen, of each only while its lease holds.
     *
     * @return the leases that have passed
     */
    Set<Lease> seen(Map<Lease, TargetSeen> sightings);
}
