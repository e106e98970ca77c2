package io.millrace.dist.demo;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CountDownLatch;

/** What is to be done when the process is told to end (Ctrl-C) before this is closed. */
final class Interruption implements AutoCloseable {
    private final Runnable action;
    private final Thread hook = new Thread(this::run, "interruption");
    private volatile boolean began;
    private volatile boolean closed;

    Interruption(Runnable action) {
        this.action = requireNonNull(action, "action");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Does not return when the process is ending. */
    void awaitEndIfInterrupted() throws InterruptedException {
        if (began) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        if (closed) {
            return;
        }
        began = true;
        try {
            action.run();
        } catch (RuntimeException e) {
            // The server may be gone already: then so are the jobs, for it was told to end as well.
            System.getLogger(Interruption.class.getName()).log(System.Logger.Level.DEBUG, "not abandoned", e);
        }
    }
}
