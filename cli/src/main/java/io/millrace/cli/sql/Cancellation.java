package io.millrace.cli.sql;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * The wish to end what runs, made by another thread than the one that runs it: the one that handles Ctrl-C. Only calls
 * that may be given up are interrupted, so that no statement is left running whose id nobody knows.
 */
final class Cancellation {
    private boolean requested;
    private @Nullable Thread waiting;

    synchronized void request() {
        requested = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    synchronized boolean requested() {
        return requested;
    }

    /** Calls something that {@link #request} may interrupt. */
    <T> T interruptibly(Supplier<T> call) {
        synchronized (this) {
            waiting = Thread.currentThread();
            if (requested) {
                waiting.interrupt();
            }
        }
        try {
            return call.get();
        } finally {
            synchronized (this) {
                waiting = null;
                boolean unused = Thread.interrupted(); // it was meant for the call, which is over
            }
        }
    }
}
