package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A version restores a snapshot on its cluster, beside what runs, writes nothing and is cancelled. Counts as no attempt
 * of the job. At most one of a job is not {@link ProofPhase#OVER}; the store enforces it.
 *
 * @param what which version is to go on from which one's state
 * @param entry the snapshot in the ledger; empty for one that the ledger does not have
 * @param path where the snapshot is; empty while it is being taken
 * @param sent under which JobID it is submitted, and until when it may take; empty in SAVING
 * @param verdict present in ENDING and OVER
 * @param outcome why the verdict is what it is, one sentence; empty before
 */
public record Proof(
        UUID id,
        What what,
        Optional<UUID> entry,
        Optional<String> path,
        ProofPhase phase,
        Optional<Sent> sent,
        Optional<ProofVerdict> verdict,
        String outcome,
        Instant createdAt,
        Instant changedAt) {
    /** After its time, when the server that looks after it is gone, the Flink job is one that nobody knows. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    /**
     * What is to be proven.
     *
     * @param name of the job, for Flink's console
     * @param from the version that wrote the snapshot; 0 when nobody knows
     * @param version the version that is to go on from it
     * @param drops whether the state of operators that only {@code from} has may be let go
     * @param kept how many operators but sinks take their state over, as far as a comparison of the two tells
     * @param author who asked for it
     */
    public record What(
            JobId job,
            String name,
            TargetName target,
            long from,
            long version,
            boolean drops,
            int kept,
            String author) {
        public What {
            requireNonNull(job, "job");
            requireNonNull(name, "name");
            requireNonNull(target, "target");
            requireNonNull(author, "author");
        }
    }

    /** The JobID, the first time that it was sent, and when it is given up. */
    public record Sent(FlinkJobId id, Instant at, Instant deadline) {
        public Sent {
            requireNonNull(id, "id");
            requireNonNull(at, "at");
            requireNonNull(deadline, "deadline");
        }
    }

    public Proof {
        requireNonNull(id, "id");
        requireNonNull(what, "what");
        requireNonNull(entry, "entry");
        requireNonNull(path, "path");
        requireNonNull(phase, "phase");
        requireNonNull(sent, "sent");
        requireNonNull(verdict, "verdict");
        requireNonNull(outcome, "outcome");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        boolean judged = phase == ProofPhase.ENDING || phase == ProofPhase.OVER;
        if (judged != verdict.isPresent() || (entry.isEmpty() && path.isEmpty())) {
            throw new IllegalArgumentException(phase + " does not go with " + verdict + ", " + entry + ", " + path);
        }
    }

    /** Of a snapshot of the ledger. */
    public static Proof of(UUID id, What what, SnapshotEntry snapshot, Instant now) {
        return begun(id, what, Optional.of(snapshot.id()), snapshot.taken().map(Snapshot::path), now);
    }

    /** Of a snapshot that the ledger does not have. */
    public static Proof of(UUID id, What what, String path, Instant now) {
        return begun(id, what, Optional.empty(), Optional.of(path), now);
    }

    private static Proof begun(UUID id, What what, Optional<UUID> entry, Optional<String> path, Instant now) {
        return new Proof(id, what, entry, path, ProofPhase.SAVING, Optional.empty(), Optional.empty(), "", now, now);
    }

    public boolean open() {
        return phase != ProofPhase.OVER;
    }

    /** Whether it needs this snapshot. */
    boolean reads(SnapshotEntry snapshot) {
        return open()
                && (entry.filter(snapshot.id()::equals).isPresent()
                        || path.filter(snapshot::holds).isPresent());
    }

    /** The snapshot is complete; it is about to be sent. */
    Proof submitting(String snapshot, int tag, Duration limit, Instant now) {
        Sent next = new Sent(FlinkJobId.of(tag, id, 1), now, now.plus(limit));
        return moved(ProofPhase.SUBMITTING, Optional.of(snapshot), Optional.of(next), now);
    }

    /** It is about to be sent again, under the same JobID. */
    Proof again(Instant now) {
        return new Proof(id, what, entry, path, phase, sent, verdict, outcome, createdAt, now);
    }

    /** The cluster has it. */
    Proof runs(Instant now) {
        return moved(ProofPhase.RUNNING, path, sent, now);
    }

    private Proof moved(ProofPhase next, Optional<String> snapshot, Optional<Sent> under, Instant now) {
        require(next);
        return new Proof(id, what, entry, snapshot, next, under, verdict, outcome, createdAt, now);
    }

    /** What came of it. {@code gone}: whether the cluster has nothing of it any more. */
    Proof judged(ProofVerdict as, String why, boolean gone, Instant now) {
        ProofPhase next = gone ? ProofPhase.OVER : ProofPhase.ENDING;
        require(next);
        return new Proof(id, what, entry, path, next, sent, Optional.of(as), why, createdAt, now);
    }

    /** The cluster has ended it. */
    Proof over(Instant now) {
        return moved(ProofPhase.OVER, path, sent, now);
    }

    private void require(ProofPhase next) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("proof " + id + ": " + phase + " cannot become " + next);
        }
    }
}
