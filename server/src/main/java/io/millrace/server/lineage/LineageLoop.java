package io.millrace.server.lineage;

import io.millrace.core.error.MillraceException;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Repeats a round of work for as long as the server runs; a round that did something is followed by another at once. */
final class LineageLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LineageLoop.class);

    private final String name;
    private final IntSupplier round;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failed;

    /** {@code round} answers how much it did. */
    LineageLoop(String name, IntSupplier round, Duration interval) {
        this.name = name;
        this.round = round;
        this.interval = interval;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            boolean more = false;
            do {
                more = once();
            } while (!closed.await(more ? 0 : interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean once() {
        try {
            boolean more = round.getAsInt() > 0;
            failed = false;
            return more;
        } catch (MillraceException e) {
            if (!failed) {
                LOG.warnf("%s waits: %s", name, e.getMessage());
            }
            failed = true;
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.errorf(e, "%s fails and is tried again", name);
            }
            failed = true;
        }
        return false;
    }
}
