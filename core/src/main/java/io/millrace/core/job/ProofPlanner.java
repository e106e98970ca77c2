package io.millrace.core.job;

import static io.millrace.core.job.ProofVerdict.FAILED;
import static io.millrace.core.job.ProofVerdict.PROVEN;
import static io.millrace.core.job.ProofVerdict.REFUSED;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.SubmitAnswer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides how a proof goes on. Pure: no clock, no I/O. An answer that equals what is there means: wait. */
final class ProofPlanner {
    /** A request to submit may be on its way for that long; then it is sent again, under the same JobID. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    /** How a gateway says that state has no operator. */
    private static final String UNCLAIMED = "has operators that this script does not have";

    private ProofPlanner() {}

    /**
     * Before anything is sent.
     *
     * @param entry the snapshot in the ledger, where it has one
     * @param there what is complete where the snapshot lies
     * @param cluster a fresh look
     */
    static Proof prepared(
            Proof proof,
            Optional<SnapshotEntry> entry,
            List<Snapshot> there,
            Overview cluster,
            JobSpec spec,
            ProofTerms terms) {
        if (proof.entry().isPresent()) {
            if (entry.isEmpty()) {
                return failed(proof, "Its snapshot is gone.", terms.now());
            }
            if (entry.get().phase() == SnapshotPhase.FAILED) {
                return failed(
                        proof, "The savepoint for it failed: " + entry.get().outcome(), terms.now());
            }
        }
        String path = proof.path()
                .or(() -> entry.flatMap(SnapshotEntry::taken).map(Snapshot::path))
                .orElseThrow();
        if (there.stream().noneMatch(snapshot -> snapshot.path().equals(path))) {
            return failed(proof, "There is no complete snapshot at '" + path + "'.", terms.now());
        }
        if (cluster.slotsFree() < spec.parallelism()) {
            return failed(
                    proof,
                    "It needs " + spec.parallelism() + " free slots beside what runs, and the cluster has "
                            + cluster.slotsFree() + ".",
                    terms.now());
        }
        return proof.submitting(path, terms.tag(), terms.limit(), terms.now());
    }

    private static Proof failed(Proof proof, String why, Instant now) {
        return proof.judged(FAILED, why, true, now);
    }

    /** After it was sent. */
    static Proof answered(Proof proof, SubmitAnswer answer, Instant now) {
        return switch (answer.verdict()) {
            case ACCEPTED -> proof.runs(now);
            case REJECTED ->
                proof.judged(answer.reason().contains(UNCLAIMED) ? REFUSED : FAILED, answer.reason(), true, now);
            case DUPLICATE, UNKNOWN -> proof;
        };
    }

    /** Whether a proof that the cluster does not show is to be sent again. */
    static boolean lost(Proof proof, Instant now) {
        return proof.phase() == ProofPhase.SUBMITTING
                && !proof.changedAt().plus(ON_ITS_WAY).isAfter(now)
                && !expired(proof, now);
    }

    /**
     * After a look at the cluster.
     *
     * @param job empty when the cluster does not know it
     * @param restored whether the cluster says that it restored something
     * @param failure why it failed, where it did
     */
    static Proof seen(Proof proof, Optional<FlinkJob> job, boolean restored, Optional<Failure> failure, Instant now) {
        if (job.isEmpty()) {
            return absent(proof, now);
        }
        FlinkStatus status = job.get().status();
        boolean gone = status.terminal();
        if (proof.phase() == ProofPhase.ENDING) {
            return gone ? proof.over(now) : proof;
        }
        if (status == FlinkStatus.FAILED) {
            return failure.map(why -> proof.judged(verdict(why), why.cause(), true, now))
                    .orElseGet(() -> proof.judged(REFUSED, "It failed, and the cluster does not say why.", true, now));
        }
        if ((job.get().runsWholly() || status == FlinkStatus.FINISHED) && restored) {
            return proof.judged(PROVEN, proven(proof), gone, now);
        }
        if (status == FlinkStatus.CANCELED) {
            return proof.judged(FAILED, "Somebody cancelled it.", true, now);
        }
        if (expired(proof, now)) {
            return proof.judged(FAILED, "Not all its tasks ran in time; it was " + status + ".", gone, now);
        }
        return proof.phase() == ProofPhase.SUBMITTING ? proof.runs(now) : proof;
    }

    private static Proof absent(Proof proof, Instant now) {
        return switch (proof.phase()) {
            case ENDING -> proof.over(now);
            case RUNNING -> failed(proof, "The cluster lost it.", now);
            case SUBMITTING -> expired(proof, now) ? failed(proof, "The cluster did not take it in time.", now) : proof;
            case SAVING, OVER -> proof;
        };
    }

    private static String proven(Proof proof) {
        return proof.what().kept() == 0
                ? "The version restored the snapshot, and all its tasks ran."
                : "The version restored the state of " + proof.what().kept() + " operators, and all its tasks ran.";
    }

    private static boolean expired(Proof proof, Instant now) {
        return proof.sent().filter(sent -> !sent.deadline().isAfter(now)).isPresent();
    }

    /** What has nothing to do with the snapshot says nothing about it. */
    private static ProofVerdict verdict(Failure why) {
        return switch (why.kind()) {
            case STATE, DATA, UNKNOWN -> REFUSED;
            case CONFIGURATION, ACCESS_DENIED, MISSING, UNREACHABLE, OUT_OF_MEMORY, LOST_CLUSTER, NO_SLOTS -> FAILED;
        };
    }

    /** What is told when it is over. */
    static Optional<JobEvent> event(Proof next) {
        if (next.open()) {
            return Optional.empty();
        }
        String what = "Version " + next.what().version() + " with the state of " + from(next) + ": "
                + next.verdict().orElseThrow() + ". " + next.outcome();
        return Optional.of(
                JobEvent.of(next.changedAt(), EventKind.PROOF_ENDED, what).by(Part.RECONCILER.actor()));
    }

    private static String from(Proof proof) {
        String version =
                proof.what().from() == 0 ? "" : "version " + proof.what().from();
        String path = proof.path().map(at -> "at " + at).orElse("that was not saved");
        return (version + " " + path).strip();
    }
}
