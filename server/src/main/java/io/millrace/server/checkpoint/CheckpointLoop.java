package io.millrace.server.checkpoint;

import io.millrace.core.job.CheckpointPlans;
import io.millrace.core.job.CheckpointTimer.Timed;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.Overview;
import io.millrace.core.target.TargetName;
import io.millrace.server.job.ClusterWatch;
import io.millrace.server.target.Target;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Times the checkpoints of the jobs that ask for it, on the clusters that this server looks after. It keeps nothing: when
 * another server takes over, that one goes on by the same clock, and while there is none, Flink's own interval is the
 * safety net.
 */
public final class CheckpointLoop implements ClusterWatch, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CheckpointLoop.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How often the rows are read. */
    private static final Duration READ = Duration.ofSeconds(5);

    /** After a cluster was not seen for this long, it may be another server's. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final CheckpointPlans plans;
    private final Map<TargetName, ClusterCheckpoints> clusters;
    private final Map<TargetName, Seen> seen = new ConcurrentHashMap<>();
    private final Clock clock;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(CheckpointLoop::daemon);

    /** One thread for each cluster at most, so that one that hangs delays no other. */
    private final ExecutorService workers = Executors.newCachedThreadPool(CheckpointLoop::daemon);

    private Map<TargetName, List<Timed>> timed = Map.of();
    private Instant readAt = Instant.EPOCH;

    private record Seen(Overview overview, Instant at) {}

    CheckpointLoop(CheckpointPlans plans, List<Target> targets, int atOnce, Clock clock) {
        this.plans = plans;
        this.clock = clock;
        this.clusters = targets.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Target::name, target -> new ClusterCheckpoints(target.checkpointing(), atOnce, clock)));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "checkpoints");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        // tick() catches what goes wrong.
        var unused = ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void saw(TargetName target, Overview overview) {
        seen.put(target, new Seen(overview, clock.instant()));
    }

    private void tick() {
        Instant now = clock.instant();
        try {
            if (!readAt.plus(READ).isAfter(now)) {
                readAt = now;
                timed = plans.timed();
            }
        } catch (RuntimeException e) {
            LOG.warnf("Which checkpoints are to be timed cannot be read: %s", e.getMessage());
            timed = Map.of();
        }
        timed.forEach((target, jobs) -> tick(target, jobs, now));
    }

    private void tick(TargetName target, List<Timed> jobs, Instant now) {
        ClusterCheckpoints cluster = clusters.get(target);
        Seen last = seen.get(target);
        if (cluster == null || last == null || last.at().plus(FRESH).isBefore(now)) {
            return;
        }
        List<Timed> running = jobs.stream()
                .filter(job -> last.overview()
                        .find(job.attempt())
                        .map(FlinkJob::runsWholly)
                        .orElse(false))
                .toList();
        cluster.tick(running, workers);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        workers.shutdownNow();
    }
}
