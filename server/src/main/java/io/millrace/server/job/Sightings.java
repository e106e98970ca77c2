package io.millrace.server.job;

import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseLostException;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.target.Overview;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the loops tell how they saw their clusters. What is not urgent is written for all clusters together: a statement for
 * each look at a calm cluster would cost more than the look. Of a cluster whose lease has passed nothing is written.
 */
final class Sightings implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sightings.class);
    private static final Duration TOGETHER = Duration.ofMillis(200);

    /** A cluster that hangs keeps no other waiting for longer. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Function<Map<Lease, TargetSeen>, Set<Lease>> store;
    private final Consumer<Lease> lost;
    private final ClusterWatch watch;
    private final Semaphore turns = new Semaphore(1, true);
    private final Map<Lease, TargetSeen> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "job-sightings");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A new one.
     *
     * @param store writes for many leases and answers which of them have passed
     * @param lost is told of those
     * @param watch is told of each look at a cluster
     */
    Sightings(Function<Map<Lease, TargetSeen>, Set<Lease>> store, Consumer<Lease> lost, ClusterWatch watch) {
        this.store = store;
        this.lost = lost;
        this.watch = watch;
    }

    /** Called once. */
    void start() {
        long millis = TOGETHER.toMillis();
        // flush() catches what goes wrong.
        var unused = timer.scheduleWithFixedDelay(this::flush, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Looks when those who came before have looked: turns that come together must not take all processors at once. */
    Overview look(Supplier<Overview> cluster) {
        boolean mine = waited();
        try {
            return cluster.get();
        } finally {
            if (mine) {
                turns.release();
            }
        }
    }

    private boolean waited() {
        try {
            return turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void tell(Lease lease, Overview overview) {
        watch.saw(lease.target(), overview);
    }

    /** Is written with what is seen of other clusters, and before {@link #close} returns. */
    void soon(Lease lease, TargetSeen seen) {
        waiting.put(lease, seen);
    }

    /** Is written when this returns; fails when the lease has passed. */
    synchronized void now(Lease lease, TargetSeen seen) {
        waiting.remove(lease);
        if (!store.apply(Map.of(lease, seen)).isEmpty()) {
            throw new LeaseLostException(lease);
        }
    }

    /** What cannot be written is seen again soon. One after the other, so that nothing older is written last. */
    synchronized void flush() {
        Map<Lease, TargetSeen> together = Map.copyOf(waiting);
        if (together.isEmpty()) {
            return;
        }
        together.forEach(waiting::remove);
        try {
            store.apply(together).forEach(lost);
        } catch (RuntimeException e) {
            LOG.warnf("When clusters were seen cannot be written down at the moment: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        flush();
    }
}
