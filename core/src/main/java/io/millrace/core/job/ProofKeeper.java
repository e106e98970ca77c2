package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.state.StatePlan;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.Trial;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Brings proofs to their end: the {@link Reconciler} of proofs. Everything that it must not forget is in their rows. It
 * touches nothing of the job, so that a proof that hangs keeps no job waiting.
 */
public final class ProofKeeper {
    private static final int MOST_STEPS = 4;

    private final ProofStore proofs;
    private final Kept kept;
    private final FlinkCluster cluster;
    private final JobSubmitter submitter;
    private final Duration limit;
    private final Clock clock;

    /** What else is read: the snapshots, the versions and what they keep. */
    public record Kept(SnapshotLedger ledger, JobStore jobs, StateStore states) {}

    /** {@code limit}: how long a version may take until all its tasks run. */
    public ProofKeeper(
            ProofStore proofs, Kept kept, FlinkCluster cluster, JobSubmitter submitter, Duration limit, Clock clock) {
        this.proofs = requireNonNull(proofs, "proofs");
        this.kept = requireNonNull(kept, "kept");
        this.cluster = requireNonNull(cluster, "cluster");
        this.submitter = requireNonNull(submitter, "submitter");
        this.limit = requireNonNull(limit, "limit");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Goes as far with a proof as it can without waiting.
     *
     * @return whether anything changed
     * @throws LeaseLostException when another server has taken over
     * @throws io.millrace.core.error.MillraceException CLUSTER_UNAVAILABLE when there was no answer; nothing is lost
     */
    public boolean round(UUID id, Lease lease) {
        Optional<Proof> first = proofs.find(id);
        Optional<Proof> read = first;
        for (int step = 0; step < MOST_STEPS && read.isPresent(); step++) {
            if (!advance(read.get(), lease)) {
                break;
            }
            read = proofs.find(id);
        }
        return !proofs.find(id).equals(first);
    }

    /** One step; false when the next one has to wait for something. */
    private boolean advance(Proof proof, Lease lease) {
        return switch (proof.phase()) {
            case SAVING -> prepare(proof, lease);
            case SUBMITTING, RUNNING, ENDING -> watch(proof, lease);
            case OVER -> false;
        };
    }

    private boolean commit(Lease lease, Proof before, Proof next) {
        return !next.equals(before) && proofs.commit(lease, before, next, ProofPlanner.event(next));
    }

    private boolean prepare(Proof proof, Lease lease) {
        Optional<SnapshotEntry> entry = proof.entry().flatMap(kept.ledger()::find);
        if (entry.filter(saving -> saving.phase().open()).isPresent()) {
            return false;
        }
        Optional<String> path =
                proof.path().or(() -> entry.flatMap(SnapshotEntry::taken).map(Snapshot::path));
        List<Snapshot> there = path.map(cluster::snapshots).orElse(List.of());
        // Asked for one job, a cluster tells how many slots are free now.
        var unused = cluster.find(FlinkJobId.of(lease.tag(), proof.id(), 1));
        Proof next = ProofPlanner.prepared(
                proof,
                entry,
                there,
                cluster.overview(),
                spec(proof, proof.what().version()).orElseThrow(),
                new ProofTerms(lease.tag(), limit, clock.instant()));
        if (!commit(lease, proof, next)) {
            return false;
        }
        if (!next.open()) {
            return true;
        }
        Failpoint.PROOF_AFTER_SUBMITTING.hit();
        return submit(next, lease);
    }

    private boolean submit(Proof proof, Lease lease) {
        SubmitAnswer answer = submitter.prove(trial(proof));
        Failpoint.PROOF_AFTER_ANSWER.hit();
        return commit(lease, proof, ProofPlanner.answered(proof, answer, clock.instant()));
    }

    private boolean watch(Proof proof, Lease lease) {
        FlinkJobId id = proof.sent().orElseThrow().id();
        Optional<FlinkJob> job = cluster.find(id).job();
        if (job.isEmpty() && ProofPlanner.lost(proof, clock.instant())) {
            Proof again = proof.again(clock.instant());
            return commit(lease, proof, again) && submit(again, lease);
        }
        boolean failed = job.filter(seen -> seen.status() == FlinkStatus.FAILED).isPresent();
        Optional<Failure> failure = failed ? cluster.failure(id) : Optional.empty();
        boolean restored = job.isPresent() && cluster.restored(id).isPresent();
        Proof next = ProofPlanner.seen(proof, job, restored, failure, clock.instant());
        if (next.phase() == ProofPhase.ENDING) {
            boolean judged = commit(lease, proof, next);
            Failpoint.PROOF_AFTER_VERDICT.hit();
            cluster.cancel(id);
            return judged;
        }
        return commit(lease, proof, next);
    }

    private Optional<JobSpec> spec(Proof proof, long version) {
        return kept.jobs().versions(proof.what().job(), version + 1, 1).stream()
                .filter(found -> found.version() == version)
                .map(JobVersion::spec)
                .findFirst();
    }

    private Trial trial(Proof proof) {
        Proof.What what = proof.what();
        JobSpec spec = spec(proof, what.version()).orElseThrow();
        Optional<JobSpec> earlier = spec(proof, what.from());
        Submission job = new Submission(
                proof.sent().orElseThrow().id(),
                what.name() + " (proof of version " + what.version() + ")",
                spec.script(),
                spec.flinkSettings(),
                proof.path());
        return new Trial(
                job,
                earlier.map(JobSpec::script).orElse(""),
                earlier.map(JobSpec::flinkSettings).orElse(Map.of()),
                earlier.isPresent() && what.drops() ? dropped(what) : Set.of());
    }

    /** Whose state the comparison says is dropped. */
    private Set<String> dropped(Proof.What what) {
        Optional<StatePlan> before = kept.states().find(what.job(), what.from());
        Optional<StatePlan> after = kept.states().find(what.job(), what.version());
        if (before.isEmpty() || after.isEmpty()) {
            return Set.of();
        }
        Set<String> dropped = new HashSet<>(ids(before.get()));
        dropped.removeAll(ids(after.get()));
        return dropped;
    }

    private static Set<String> ids(StatePlan plan) {
        return plan.operators().stream().map(operator -> operator.id()).collect(Collectors.toSet());
    }
}
