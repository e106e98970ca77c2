package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Overview;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Cancels Flink jobs that carry our tag and are neither a live attempt nor a proof that is under way. Jobs of others are never touched. */
public final class StraySweep {
    private final AttemptStore store;
    private final ProofStore proofs;
    private final FlinkCluster cluster;
    private final Clock clock;

    public StraySweep(AttemptStore store, ProofStore proofs, FlinkCluster cluster, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.proofs = requireNonNull(proofs, "proofs");
        this.cluster = requireNonNull(cluster, "cluster");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * One pass. An attempt or proof is recorded before it is submitted, so what an overview shows has a row by the time that
     * rows are read; one that ended since is over, and cancelling it does nothing.
     *
     * @param work read after the overview was taken; the live attempts in it are not looked for again
     */
    public void sweep(Lease lease, Overview overview, List<Work> work) {
        Set<FlinkJobId> known =
                work.stream().flatMap(job -> job.attempt().stream()).collect(Collectors.toSet());
        Set<FlinkJobId> ours = overview.jobs().values().stream()
                .filter(job -> job.id().hasTag(lease.tag()) && !job.status().terminal())
                .map(FlinkJob::id)
                .filter(id -> !known.contains(id))
                .collect(Collectors.toSet());
        if (ours.isEmpty()) {
            return;
        }
        Set<FlinkJobId> live = new HashSet<>(store.live(ours));
        live.addAll(proofs.live(ours, clock.instant()));
        for (FlinkJobId stray : ours) {
            if (!live.contains(stray)) {
                String why = "Flink job " + stray + " runs, but is no current attempt: cancelled.";
                store.note(
                        lease,
                        stray,
                        JobEvent.of(clock.instant(), EventKind.STRAY_CANCELED, why)
                                .by(Part.RECONCILER.actor()));
                cluster.cancel(stray);
            }
        }
    }
}
