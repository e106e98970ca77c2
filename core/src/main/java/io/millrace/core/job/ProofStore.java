package io.millrace.core.job;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The proofs of jobs, those that are under way and those that are over. They go with their job. */
public interface ProofStore {
    /**
     * Stores a proof that people ask for, and tells of it. False, and nothing is stored, when another one of the job is
     * open, when its snapshot is being deleted, or when the job is gone.
     */
    boolean add(Proof proof, JobEvent event);

    Optional<Proof> find(UUID id);

    /** Those of a job, newest first, created before {@code before}. */
    List<Proof> of(JobId job, Instant before, int limit);

    /** Those on a target that are not over. */
    List<Proof> open(TargetName target);

    /** Those of {@code ids} that belong to a proof that is not over and whose time has not long passed. */
    Set<FlinkJobId> live(Set<FlinkJobId> ids, Instant now);

    /**
     * Writes what the keeper decided; asserts the lease as {@link AttemptStore#commit} does.
     *
     * @return false, and nothing is written, when it changed since it was read, or is gone
     */
    boolean commit(Lease lease, Proof before, Proof next, Optional<JobEvent> event);
}
