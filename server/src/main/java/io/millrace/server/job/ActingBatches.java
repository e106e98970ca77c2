package io.millrace.server.job;

import io.millrace.core.job.Author;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.StateStore;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Actors;
import io.millrace.server.gateway.SqlGateways;
import io.millrace.server.lineage.LineageService;

import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** {@link JobBatches} in one transaction of PostgreSQL each: stores join the one that is open on their thread. */
final class ActingBatches implements JobBatches {
    private final JobStore store;
    private final SqlGateways gateways;
    private final Set<TargetName> targets;
    private final Kept kept;
    private final Actors actors;
    private final Predicate<BooleanSupplier> transaction;
    private final Clock clock;

    ActingBatches(
            JobStore store,
            SqlGateways gateways,
            Set<TargetName> targets,
            Kept kept,
            Actors actors,
            Predicate<BooleanSupplier> transaction,
            Clock clock) {
        this.store = store;
        this.gateways = gateways;
        this.targets = Set.copyOf(targets);
        this.kept = kept;
        this.actors = actors;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** As {@link JobService.Written}. */
    record Kept(LineageService lineage, StateStore states, AppliedObjects applied) {}

    @Override
    public JobBatch by(Author author) {
        SqlGateway gateway = gateways.of(author.id());
        var states = new JobStates(kept.states(), gateway);
        var written = new JobService.Written(kept.lineage(), states, kept.applied(), transaction);
        var guard = actors.guard(author.id(), author.name());
        var applies = new JobApplies(store, gateway, targets, written, guard, () -> author, clock);
        return new JobBatch(applies, store, transaction);
    }
}
