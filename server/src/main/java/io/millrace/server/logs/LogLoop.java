package io.millrace.server.logs;

import io.millrace.core.job.Lease;
import io.millrace.core.target.TargetName;
import io.millrace.server.target.Target;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Keeps the logs of the clusters that this server looks after, by a few threads of its own: a cluster that hangs keeps
 * one of them for a while, and no job.
 */
final class LogLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogLoop.class);
    private static final int THREADS = 2;
    private static final long PAUSE_SECONDS = 2;
    private static final long SWEEP_SECONDS = 60;

    private final List<Target> targets;
    private final Function<Target, ClusterLogs> logs;
    private final SqlLogRetention retention;
    private final Function<TargetName, Optional<Lease>> leases;
    private final Clock clock;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "logs");
        thread.setDaemon(true);
        return thread;
    });

    LogLoop(
            List<Target> targets,
            Function<Target, ClusterLogs> logs,
            SqlLogRetention retention,
            Function<TargetName, Optional<Lease>> leases,
            Clock clock) {
        this.targets = List.copyOf(targets);
        this.logs = logs;
        this.retention = retention;
        this.leases = leases;
        this.clock = clock;
    }

    /** Called once. */
    void start() {
        for (Target target : targets) {
            ClusterLogs cluster = logs.apply(target);
            repeat("of " + target.name(), () -> round(target.name(), cluster), PAUSE_SECONDS);
        }
        repeat("that are kept", () -> retention.sweep(clock.instant()), SWEEP_SECONDS);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void repeat(String which, Work work, long seconds) {
        AtomicReference<String> said = new AtomicReference<>("");
        Runnable caught = () -> {
            String why = "";
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                why = String.valueOf(e.getMessage());
            }
            if (!said.getAndSet(why).equals(why) && !why.isEmpty()) {
                LOG.warnf("Logs %s cannot be kept at the moment: %s", which, why);
            }
        };
        // What goes wrong is caught, or it would not be repeated.
        var unused = threads.scheduleWithFixedDelay(caught, seconds, seconds, TimeUnit.SECONDS);
    }

    private void round(TargetName target, ClusterLogs cluster) throws IOException {
        Optional<Lease> lease = leases.apply(target);
        if (lease.isPresent()) {
            cluster.round(lease.get(), clock.instant());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
