package io.millrace.server.job;

import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.Author;
import io.millrace.core.job.CheckpointPlans;
import io.millrace.core.job.JobBin;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.job.ProofKeeper;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.job.StateStore;
import io.millrace.server.access.Actors;
import io.millrace.server.access.Guard;
import io.millrace.server.access.MemberService;
import io.millrace.server.gateway.SqlGateways;
import io.millrace.server.http.Caller;
import io.millrace.server.lineage.LineageConfig;
import io.millrace.server.lineage.LineageService;
import io.millrace.server.target.RunsAs;
import io.millrace.server.target.Target;
import io.millrace.server.workspace.WorkspaceService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds this feature's objects and starts the loop with the server. */
@Singleton
final class JobWiring {
    @Produces
    @Singleton
    JobStore jobs(Jdbi jdbi) {
        return new SqlJobStore(jdbi);
    }

    @Produces
    @Singleton
    JobBin bin(Jdbi jdbi) {
        return new SqlJobBin(jdbi);
    }

    @Produces
    @Singleton
    JobBinService bin(JobService jobs, JobBin bin, JobService.Callers callers, JobConfig config, Clock clock) {
        return new JobBinService(jobs, bin, callers, config.keepDeleted(), clock);
    }

    @Produces
    @Singleton
    JobLabels labels(JobService jobs, JobStore store, Guard guard, MemberService members, Clock clock) {
        return new JobLabels(
                jobs,
                store,
                guard,
                owner -> members.grantee(owner.kind(), owner.name().value()),
                clock);
    }

    @Produces
    @Singleton
    JobBulk bulk(JobService jobs, JobBinService bin, JobLabels labels) {
        return new JobBulk(jobs, bin, labels);
    }

    @Produces
    @Singleton
    BinLoop binLoop(JobBinService bin) {
        return new BinLoop(bin);
    }

    @Produces
    @Singleton
    AttemptStore attempts(Jdbi jdbi, LineageConfig lineage) {
        return new SqlAttemptStore(jdbi, lineage.openLineage().enabled());
    }

    @Produces
    @Singleton
    LeaseStore leases(Jdbi jdbi) {
        return new SqlLeaseStore(jdbi);
    }

    @Produces
    @Singleton
    CheckpointPlans plans(Jdbi jdbi) {
        return new SqlCheckpointPlans(jdbi);
    }

    @Produces
    @Singleton
    SnapshotLedger ledger(Jdbi jdbi) {
        return new SqlSnapshotLedger(jdbi);
    }

    @Produces
    @Singleton
    JobLoop.Keeping keeping(SnapshotLedger ledger, SnapshotConfig config) {
        return new JobLoop.Keeping(ledger, config.keep(), config.keepFor());
    }

    @Produces
    @Singleton
    ProofStore proofs(Jdbi jdbi) {
        return new SqlProofStore(jdbi);
    }

    @Produces
    @Singleton
    JobLoop.Care care(
            JobLoop.Keeping keeping,
            ProofStore proofs,
            SnapshotLedger ledger,
            JobStore jobs,
            StateStore states,
            JobConfig config) {
        var kept = new ProofKeeper.Kept(ledger, jobs, states);
        return new JobLoop.Care(keeping, new JobLoop.Proving(proofs, kept, config.proofLimit()));
    }

    @Produces
    @Singleton
    ProofService proving(
            JobService jobs,
            SnapshotService snapshots,
            ProofStore proofs,
            SnapshotLedger ledger,
            JobService.Callers callers,
            JobLoop loop,
            Clock clock) {
        return new ProofService(jobs, snapshots, new ProofService.Stores(proofs, ledger), callers, loop::wake, clock);
    }

    @Produces
    @Singleton
    JobLoop loop(
            AttemptStore store,
            LeaseStore leases,
            Target target,
            JobLoop.Care care,
            ClusterWatch watch,
            JobConfig config,
            Clock clock) {
        var pace = new JobLoop.Pace(config.interval(), config.fastInterval(), config.lease());
        return new JobLoop(store, leases, List.of(target), care, watch, pace, clock);
    }

    @Produces
    @Singleton
    JobService.Callers callers(Guard guard, WorkspaceService workspaces, Caller caller) {
        return new JobService.Callers(
                guard, workspaces, () -> new Author(caller.principal().id(), caller.name()));
    }

    @Produces
    @Singleton
    JobService service(
            JobStore store,
            SqlGateways gateways,
            JobStarts starts,
            JobLoop loop,
            JobService.Written written,
            JobService.Callers callers,
            Clock clock) {
        return new JobService(store, gateways, starts, loop::wake, written, callers, clock);
    }

    @Produces
    @Singleton
    JobStarts starts(
            JobStore store,
            SqlGateways gateways,
            JobService.Written written,
            Target target,
            SnapshotLedger ledger,
            Actors actors) {
        return new JobStarts(store, gateways, written, Map.of(target.name(), target), ledger, actors);
    }

    @Produces
    @Singleton
    SnapshotService snapshots(
            JobService jobs,
            AttemptStore attempts,
            SnapshotLedger ledger,
            Target target,
            Guard guard,
            JobLoop loop,
            Clock clock) {
        return new SnapshotService(jobs, attempts, ledger, Map.of(target.name(), target), guard, loop::wake, clock);
    }

    @Produces
    @Singleton
    JobAttempts attempts(JobService jobs, JobStore store) {
        return new JobAttempts(jobs, store);
    }

    @Produces
    @Singleton
    JobBatches batches(
            JobStore store,
            SqlGateways gateways,
            Target target,
            JobService.Written written,
            Actors actors,
            Jdbi jdbi,
            Clock clock) {
        return new ActingBatches(
                store,
                gateways,
                Set.of(target.name()),
                new ActingBatches.Kept(written.lineage(), new SqlStateStore(jdbi), written.applied()),
                actors,
                new JobTransaction(jdbi),
                clock);
    }

    @Produces
    @Singleton
    SnapshotImports imports(JobService jobs, SnapshotLedger ledger, Target target, Guard guard, Clock clock) {
        return new SnapshotImports(jobs, ledger, Map.of(target.name(), target), guard, clock);
    }

    @Produces
    @Singleton
    OrphanService orphans(
            AttemptStore attempts,
            SnapshotLedger ledger,
            Target target,
            Guard guard,
            WorkspaceService workspaces,
            JobLoop loop,
            Clock clock) {
        return new OrphanService(attempts, ledger, List.of(target), guard, workspaces, loop::wake, clock);
    }

    @Produces
    @Singleton
    JobEventStreams streams(Jdbi jdbi, JobConfig config) {
        return new JobEventStreams(new SqlEventFeed(jdbi), config.eventStreams());
    }

    @Produces
    @Singleton
    StateStore states(Jdbi jdbi) {
        return new SqlStateStore(jdbi);
    }

    @Produces
    @Singleton
    JobService.Written written(
            LineageService lineage, StateStore states, SqlGateways gateways, AppliedObjects applied, Jdbi jdbi) {
        return new JobService.Written(
                lineage, new JobStates(states, gateways.ofCaller()), applied, new JobTransaction(jdbi));
    }

    @Produces
    @Singleton
    AppliedObjects appliedObjects(Metastore metastore, FunctionStore functions) {
        return new AppliedObjects(metastore, functions);
    }

    @Produces
    @Singleton
    RunsAs runsAs(Jdbi jdbi, AppliedObjects applied) {
        return new SqlRunsAs(jdbi, applied);
    }

    @Produces
    @Singleton
    TargetService targets(JobStore store, Target target) {
        return new TargetService(store, List.of(target));
    }

    @Produces
    @Singleton
    JobSecurables securables(JobStore store, JobBin bin, WorkspaceService workspaces) {
        return new JobSecurables(store, bin, workspaces);
    }

    void start(@Observes StartupEvent event, JobLoop loop, BinLoop bin) {
        loop.start();
        bin.start();
    }

    void stop(@Observes ShutdownEvent event, JobLoop loop, BinLoop bin, JobEventStreams streams) {
        streams.close();
        bin.close();
        loop.close();
    }
}
