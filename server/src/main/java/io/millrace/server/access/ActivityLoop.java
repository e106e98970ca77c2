package io.millrace.server.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes down what waits for the activity log, and tidies that up. Each server does it; they do not disturb one another. */
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
        every(PAUSE_SECONDS, log::tidy);
        every(1, log::writeWaiting);
    }

    private void every(long seconds, Runnable work) {
        var unused = thread.scheduleWithFixedDelay(() -> safely(work), seconds, seconds, TimeUnit.SECONDS);
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("The activity log cannot be written or tidied up at the moment: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        safely(log::finish);
    }
}
