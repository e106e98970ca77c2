package io.millrace.server.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tidies the activity log up. Each server does it; they do not disturb one another. */
final class ActivityLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityLoop.class);
    private static final long PAUSE_SECONDS = 60;

    private final BoundedActivityLog log;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "activity-log");
        thread.setDaemon(true);
        return thread;
    });

    ActivityLoop(BoundedActivityLog log) {
        this.log = log;
    }

    /** Called once. */
    void start() {
        var unused =
                thread.scheduleWithFixedDelay(() -> safely(log::tidy), PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("The activity log cannot be tidied up at the moment: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        safely(log::finish);
    }
}
