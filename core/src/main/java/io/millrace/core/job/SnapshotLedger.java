package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The ledger of snapshots. Entries for stops and for what attempts leave behind are written with the step that learns
 * of them ({@link Step#snapshots()}). Two implementations, SQL and in-memory, pass one contract test.
 */
public interface SnapshotLedger {
    /** After everything. */
    Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    /**
     * Stores an entry that people ask for, and tells of it. May be repeated: an entry that is there already stays, and is
     * told once.
     *
     * @return the stored entry; empty, and nothing is stored, when another one of the job is open, when another entry of
     *     the job has the same directory, when another job has one with this id, when what is imported is being
     *     deleted, or when the job is gone or in the bin
     */
    Optional<SnapshotEntry> add(SnapshotEntry entry, JobEvent event);

    Optional<SnapshotEntry> find(UUID id);

    /** Those of a job, newest first, created before {@code before}. */
    List<SnapshotEntry> of(JobId job, Instant before, int limit);

    /** Of all entries on a target. */
    Set<String> directories(TargetName target);

    /** Those of jobs that are gone. */
    List<SnapshotEntry> orphans(TargetName target);

    /** Why each of the entries must stay. */
    Map<UUID, Set<SnapshotReference>> references(List<SnapshotEntry> entries);

    /** People want it kept, or no longer. False, and nothing is done, when it is gone or being deleted. */
    boolean pin(UUID id, boolean wanted);

    /**
     * Records the intent to delete it, unless something refers to it or it is pinned, in one transaction with the
     * question; whatever would refer to it from then on is refused. May be repeated.
     *
     * @return whether it is DISPOSING now
     */
    boolean dispose(UUID id, Instant now);

    /** Those on a target of which the keeper has something to do. */
    List<SnapshotEntry> due(TargetName target);

    /**
     * Those on a target that are older than {@code before}, not among the {@code keep} newest of their job, neither
     * pinned nor imported, and of a job that is there. Some of them may be referred to.
     */
    List<UUID> surplus(TargetName target, int keep, Instant before);

    /**
     * Writes what the keeper decided; asserts the lease as {@link AttemptStore#commit} does.
     *
     * @param next empty when the entry is to be no more
     * @return false, and nothing is written, when it changed since it was read
     */
    boolean commit(Lease lease, SnapshotEntry before, Optional<SnapshotEntry> next, Optional<JobEvent> event);
}
