package io.millrace.server.git;

import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** SSH sessions in which the other side says no more than it may. */
final class WatchedSsh extends SshSessionFactory {
    private final SshSessionFactory sessions;
    private final FetchWatch watch;

    WatchedSsh(SshSessionFactory sessions, FetchWatch watch) {
        this.sessions = sessions;
        this.watch = watch;
    }

    @Override
    public RemoteSession getSession(URIish uri, CredentialsProvider provider, FS files, int millis)
            throws TransportException {
        RemoteSession session = sessions.getSession(uri, provider, files, millis);
        return new RemoteSession() {
            @Override
            public Process exec(String command, int timeout) throws IOException {
                return new Watched(session.exec(command, timeout), watch);
            }

            @Override
            public void disconnect() {
                session.disconnect();
            }
        };
    }

    @Override
    public String getType() {
        return sessions.getType();
    }

    /** What runs at the other end. */
    private static final class Watched extends Process {
        private final Process process;
        private final InputStream out;
        private final InputStream err;

        Watched(Process process, FetchWatch watch) {
            this.process = process;
            this.out = watch.said(process.getInputStream());
            this.err = watch.said(process.getErrorStream());
        }

        @Override
        public InputStream getInputStream() {
            return out;
        }

        @Override
        public InputStream getErrorStream() {
            return err;
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return process.waitFor(timeout, unit);
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroy();
        }
    }
}
