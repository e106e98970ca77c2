package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Whoever starts or cleans up a stack holds this. The kernel gives it back when the holder dies, however it dies. */
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Refuses when another process works on this home. */
    public static HomeLock take(Home home) {
        return tryTake(home.lock())
                .orElseThrow(() -> new StackException(
                        ENVIRONMENT,
                        "Another process is starting or stopping the stack in " + home.folder()
                                + "; wait for it, or set MILLRACE_HOME to another folder."));
    }

    static Optional<HomeLock> tryTake(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException heldByThisProcess) {
                // The same as held by another one.
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            return lock == null ? Optional.empty() : Optional.of(new HomeLock(channel));
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, file + " cannot be locked (" + Home.reason(e) + ").", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The kernel has it back in any case.
        }
    }
}
