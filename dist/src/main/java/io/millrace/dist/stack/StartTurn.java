package io.millrace.dist.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Stacks of one user start one after the other: between the choice of a port and the moment its process listens, another
 * stack would choose the same one.
 */
public final class StartTurn implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Optional<HomeLock> lock;

    private StartTurn(Optional<HomeLock> lock) {
        this.lock = lock;
    }

    /** Waits for the turn, not for ever: without it the worst is a port that is taken, which the start reports. */
    public static StartTurn take(Journal journal) {
        Path file =
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + System.getProperty("user.name") + ".turn");
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            Optional<HomeLock> lock = HomeLock.tryTake(file);
            if (lock.isEmpty()) {
                journal.say("another stack starts on this machine; this one waits for it");
            }
            while (lock.isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
                lock = HomeLock.tryTake(file);
            }
            return new StartTurn(lock);
        } catch (StackException e) {
            journal.say(e.getMessage());
            return new StartTurn(Optional.empty());
        }
    }

    @Override
    public void close() {
        lock.ifPresent(HomeLock::close);
    }
}
