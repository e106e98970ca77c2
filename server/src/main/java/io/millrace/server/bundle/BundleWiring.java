package io.millrace.server.bundle;

import io.millrace.server.access.Guard;
import io.millrace.server.job.JobLoop;
import io.millrace.server.job.JobService;
import io.millrace.server.secret.Redactor;
import io.millrace.server.target.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Builds this feature's objects and starts its loop with the server. */
@Singleton
final class BundleWiring {
    private Optional<BundleLoop> loop = Optional.empty();

    @Produces
    @Singleton
    BundleService service(JobService jobs, Jdbi jdbi, BundleConfig config, Guard guard) {
        return new BundleService(jobs, new SqlBundleStore(jdbi), config.folder().map(BundleFiles::new), guard);
    }

    void start(
            @Observes StartupEvent event,
            BundleConfig config,
            Jdbi jdbi,
            Target target,
            JobLoop jobs,
            Redactor redactor,
            Clock clock) {
        var retention = new Retention(config.keep(), config.perJob(), config.megabytes() * 1_000_000L);
        loop = config.folder()
                .map(folder -> new BundleLoop(
                        new SqlBundleStore(jdbi),
                        new BundleFiles(folder),
                        retention,
                        List.of(target),
                        jobs::lease,
                        redactor,
                        clock));
        loop.ifPresent(BundleLoop::start);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.ifPresent(BundleLoop::close);
    }
}
