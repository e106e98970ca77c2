package io.millrace.server.job;

import io.millrace.core.job.Author;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.StateStore;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Actors;
import io.millrace.server.gateway.SqlGateways;
import io.millrace.server.lineage.LineageService;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** {@link JobBatches} in one transaction of PostgreSQL each: stores join the one that is open on their thread. */
final class ActingBatches implements JobBatches {
    private final JobStore store;
    private final SqlGateways gateways;
    private final Set<TargetName> targets;
    private final Kept kept;
    private final Actors actors;
    private final Jdbi jdbi;
    private final Clock clock;

    ActingBatches(
            JobStore store,
            SqlGateways gateways,
            Set<TargetName> targets,
            Kept kept,
            Actors actors,
            Jdbi jdbi,
            Clock clock) {
        this.store = store;
        this.gateways = gateways;
        this.targets = Set.copyOf(targets);
        this.kept = kept;
        this.actors = actors;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Who is told of versions that were written. */
    record Kept(LineageService lineage, StateStore states) {}

    @Override
    public JobBatch by(Author author) {
        SqlGateway gateway = gateways.of(author.id());
        var written = new JobService.Written(kept.lineage(), new JobStates(kept.states(), gateway));
        var guard = actors.guard(author.id(), author.name());
        var applies = new JobApplies(store, gateway, targets, written, guard, () -> author, clock);
        return new JobBatch(applies, store, this::inTransaction);
    }

    private boolean inTransaction(BooleanSupplier work) {
        return jdbi.inTransaction(handle -> {
            boolean done = work.getAsBoolean();
            if (!done) {
                handle.rollback();
            }
            return done;
        });
    }
}
