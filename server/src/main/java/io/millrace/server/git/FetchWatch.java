package io.millrace.server.git;

import io.millrace.core.error.MillraceException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Ends a look at a repository that takes too long or brings too much, also when single bytes drip in. */
final class FetchWatch extends EmptyProgressMonitor {
    private final GitLimits limits;
    private final long started = System.nanoTime();
    private volatile boolean packing;

    FetchWatch(GitLimits limits) {
        this.limits = limits;
    }

    /** Whether it is too late; Git's library asks this between its steps. */
    @Override
    public boolean isCancelled() {
        return System.nanoTime() - started > limits.fetch().toNanos();
    }

    MillraceException late() {
        return GitFailures.tooMuch("The repository took longer than "
                + limits.fetch().toSeconds() + " s to send the commit (millrace.git.fetch-limit).");
    }

    /** What a host says: first which branches there are, then the commit between other things. */
    InputStream said(InputStream in) {
        return new Bounded(
                in,
                () -> GitLimits.SAID_BYTES + (packing ? limits.bytes() : 0),
                "The repository has more branches and tags than can be looked at, or its host talks too much.");
    }

    /** The commit itself. */
    InputStream pack(InputStream in) {
        packing = true;
        return new Bounded(in, limits::bytes, "The commit is larger than " + limits.bytes() + " bytes.");
    }

    /** Fails behind so many bytes, and when it is too late. */
    private final class Bounded extends FilterInputStream {
        private final LongSupplier most;
        private final String tooMuch;
        private long count;

        Bounded(InputStream in, LongSupplier most, String tooMuch) {
            super(in);
            this.most = most;
            this.tooMuch = tooMuch;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            count += read;
            if (count > most.getAsLong()) {
                throw new IOException(GitFailures.tooMuch(tooMuch));
            }
            if (isCancelled()) {
                throw new IOException(late());
            }
        }
    }
}
