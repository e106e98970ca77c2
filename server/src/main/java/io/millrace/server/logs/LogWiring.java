package io.millrace.server.logs;

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
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Builds this feature's objects and starts its loop with the server. */
@Singleton
final class LogWiring {
    private static final long MEGABYTE = 1_000_000;

    private Optional<LogLoop> loop = Optional.empty();

    @Produces
    @Singleton
    LogService service(JobService jobs, Jdbi jdbi, Guard guard, LogsConfig config, Clock clock) {
        var kept = new LogService.Kept(config.enabled(), config.keep());
        return new LogService(jobs, new SqlLogReader(jdbi), guard, kept, clock);
    }

    void start(
            @Observes StartupEvent event,
            LogsConfig config,
            Jdbi jdbi,
            Target target,
            JobLoop jobs,
            Redactor redactor,
            Clock clock) {
        if (!config.enabled()) {
            return;
        }
        var pace = new Pace(config.interval(), config.megabytesPerMinute() * MEGABYTE);
        var retention = new SqlLogRetention(
                jdbi, config.keep(), config.megabytesPerAttempt() * MEGABYTE, config.megabytes() * MEGABYTE);
        LogLoop started = new LogLoop(
                List.of(target),
                cluster -> new ClusterLogs(
                        cluster.pages(),
                        new SqlLogStore(jdbi),
                        redactor::now,
                        pace,
                        ZoneId.systemDefault(),
                        clock.instant()),
                retention,
                jobs::lease,
                clock);
        loop = Optional.of(started);
        started.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.ifPresent(LogLoop::close);
    }
}
