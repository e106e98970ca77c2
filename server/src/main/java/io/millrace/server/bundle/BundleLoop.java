package io.millrace.server.bundle;

import io.millrace.core.job.Lease;
import io.millrace.core.target.TargetName;
import io.millrace.server.secret.Redactor;
import io.millrace.server.target.FlinkPages;
import io.millrace.server.target.Target;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Saves the bundles that are wanted of the clusters this server looks after, one of a cluster at a time, by a few
 * threads of its own: a cluster that hangs keeps one of them for some minutes, and no job.
 */
final class BundleLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BundleLoop.class);
    private static final int THREADS = 4;
    private static final int MOST_TRIES = 3;
    private static final long PAUSE_SECONDS = 2;
    private static final long SWEEP_SECONDS = 600;

    private final SqlBundleStore store;
    private final BundleFiles files;
    private final Retention retention;
    private final List<Target> targets;
    private final Function<TargetName, Optional<Lease>> leases;
    private final Redactor redactor;
    private final Clock clock;
    private final Set<TargetName> busy = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "bundles");
        thread.setDaemon(true);
        return thread;
    });

    BundleLoop(
            SqlBundleStore store,
            BundleFiles files,
            Retention retention,
            List<Target> targets,
            Function<TargetName, Optional<Lease>> leases,
            Redactor redactor,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.retention = retention;
        this.targets = List.copyOf(targets);
        this.leases = leases;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Called once. */
    void start() {
        for (Target target : targets) {
            repeat(() -> round(target.name(), target.pages()), PAUSE_SECONDS);
        }
        repeat(this::sweep, SWEEP_SECONDS);
    }

    private void repeat(Work work, long seconds) {
        Runnable caught = () -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                LOG.warnf("Bundles of failed jobs cannot be looked after at the moment: %s", e.getMessage());
            }
        };
        // What goes wrong is caught, or it would not be repeated.
        var unused = threads.scheduleWithFixedDelay(caught, seconds, seconds, TimeUnit.SECONDS);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Saves one bundle of a cluster, if one is wanted and nobody is at it. */
    void round(TargetName target, FlinkPages pages) throws IOException {
        Optional<Lease> lease = leases.apply(target);
        if (lease.isEmpty() || !busy.add(target)) {
            return;
        }
        try {
            Optional<WantedBundle> wanted = store.wanted(target);
            if (wanted.isPresent()) {
                save(pages, lease.get(), wanted.get());
                makeRoom();
            }
        } finally {
            busy.remove(target);
        }
    }

    private void save(FlinkPages pages, Lease lease, WantedBundle bundle) {
        try {
            Collector collector = new Collector(pages, redactor.now(), clock);
            long size = files.save(bundle.key(), output -> collector.write(bundle, output));
            store.saved(lease, bundle, size);
        } catch (IOException e) {
            String why = "It could not be written: " + e.getMessage();
            LOG.warnf(
                    "The bundle of job %s, attempt %d: %s",
                    bundle.name(), bundle.key().attempt(), why);
            store.failed(lease, bundle, why, bundle.tries() + 1 >= MOST_TRIES);
        }
    }

    private void makeRoom() throws IOException {
        for (BundleKey key : retention.excess(store.saved(), clock.instant())) {
            store.deleted(key);
            files.delete(key);
        }
    }

    private void sweep() throws IOException {
        Instant now = clock.instant();
        makeRoom();
        Set<String> known = new HashSet<>();
        store.saved().forEach(saved -> known.add(saved.key().file()));
        files.sweep(known, now);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
