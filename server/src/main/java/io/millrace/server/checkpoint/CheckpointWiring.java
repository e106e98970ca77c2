package io.millrace.server.checkpoint;

import io.millrace.core.job.CheckpointPlans;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobService;
import io.millrace.server.target.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Builds this feature's objects. */
@Singleton
final class CheckpointWiring {
    @Produces
    @Singleton
    CheckpointService service(
            JobService jobs, CheckpointPlans plans, Target target, JobService.Callers callers, Clock clock) {
        return new CheckpointService(
                jobs, plans, Map.of(target.name(), target), callers.guard(), callers.author(), clock);
    }

    @Produces
    @Singleton
    CheckpointLoop loop(CheckpointPlans plans, Target target, JobConfig config, Clock clock) {
        return new CheckpointLoop(plans, List.of(target), config.checkpointsAtOnce(), clock);
    }

    void start(@Observes StartupEvent event, CheckpointLoop loop) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event, CheckpointLoop loop) {
        loop.close();
    }
}
