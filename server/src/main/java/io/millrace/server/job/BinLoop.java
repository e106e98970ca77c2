package io.millrace.server.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has deleted jobs forgotten when their time is over. Each server does it; they do not disturb one another. */
final class BinLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BinLoop.class);
    private static final long PAUSE_SECONDS = 600;

    private final JobBinService bin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "job-bin");
        thread.setDaemon(true);
        return thread;
    });

    BinLoop(JobBinService bin) {
        this.bin = bin;
    }

    /** Called once. */
    void start() {
        var unused = thread.scheduleWithFixedDelay(this::round, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            bin.purgeOld();
        } catch (RuntimeException e) {
            LOG.warn("Deleted jobs cannot be removed at the moment: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
