package io.millrace.dist.boot;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a stack that this process started stays when the process ends. Undecided until somebody keeps it; the end of
 * the process, by Ctrl-C for instance, undoes what is not decided by then. One of the two happens, and once.
 */
final class Fate {
    private enum Decision {
        OPEN,
        KEPT,
        UNDONE
    }

    private final AtomicReference<Decision> decision = new AtomicReference<>(Decision.OPEN);

    /** When it is being undone already there is nothing to say any more: waits for the end of the process, close at hand. */
    void keep() throws InterruptedException {
        if (!decision.compareAndSet(Decision.OPEN, Decision.KEPT) && decision.get() == Decision.UNDONE) {
            Thread.currentThread().join();
        }
    }

    /** For a shutdown hook: runs {@code undo} unless the stack is kept. */
    void end(Runnable undo) {
        if (decision.compareAndSet(Decision.OPEN, Decision.UNDONE)) {
            undo.run();
        }
    }
}
