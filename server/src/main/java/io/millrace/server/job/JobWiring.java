package io.millrace.server.job;

import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.sql.SqlGateway;
import io.millrace.server.lineage.LineageConfig;
import io.millrace.server.lineage.LineageService;
import io.millrace.server.target.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
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
    JobLoop loop(AttemptStore store, LeaseStore leases, Target target, JobConfig config, Clock clock) {
        var pace = new JobLoop.Pace(config.interval(), config.fastInterval(), config.lease());
        return new JobLoop(store, leases, List.of(target), pace, clock);
    }

    @Produces
    @Singleton
    JobService service(
            JobStore store, SqlGateway gateway, Target target, JobLoop loop, LineageService lineage, Clock clock) {
        return new JobService(store, gateway, Set.of(target.name()), loop::wake, lineage, clock);
    }

    @Produces
    @Singleton
    TargetService targets(JobStore store, Target target) {
        return new TargetService(store, List.of(target));
    }

    void start(@Observes StartupEvent event, JobLoop loop) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event, JobLoop loop) {
        loop.close();
    }
}
