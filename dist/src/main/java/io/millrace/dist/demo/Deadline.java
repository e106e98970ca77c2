package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.TIMED_OUT;

import io.millrace.cli.console.CommandFailure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long something may take that is looked at again and again. */
final class Deadline {
    private static final long LOOK_EVERY_MILLIS = 500;

    private final long limitNanos;
    private long startedAt = System.nanoTime();

    private Deadline(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** Something moved: the time begins anew. */
    void restart() {
        startedAt = System.nanoTime();
    }

    /** Pauses before the next look, or ends with the sentence when the time is over. */
    void check(String otherwise) throws InterruptedException {
        if (isOver()) {
            throw new CommandFailure(TIMED_OUT, otherwise);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }

    boolean isOver() {
        return System.nanoTime() - startedAt > limitNanos;
    }
}
