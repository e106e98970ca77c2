package io.millrace.server.catalog;

import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Sockets for database drivers, which know a time-out for each single read and none for the whole: a server that sends a
 * byte now and then, or never stops sending, would keep them busy for good. What is done {@link #within} a budget ends
 * with it. They also see the address that is connected to, whoever resolved it. Drivers make one by its class name.
 */
public final class BoundedSockets extends SocketFactory {
    private static final ThreadLocal<Budget> BUDGET = new ThreadLocal<>();

    /** For what happens outside of a budget, such as saying good-bye. */
    private static final int OTHERWISE_MILLIS = 2000;

    private static final int DEEPEST = 20;

    /**
     * Gives all that this thread reads from our sockets during {@code work} a time and a number of bytes. Each address is
     * shown to {@code reach} before it is connected to.
     */
    static <T, E extends Exception> T within(Duration time, long bytes, Reach reach, Work<T, E> work) throws E {
        BUDGET.set(new Budget(System.nanoTime() + time.toNanos(), bytes, reach));
        try {
            return work.done();
        } finally {
            BUDGET.remove();
        }
    }

    /** Why an address was not connected to, if that is the reason of this failure. */
    static Optional<MillraceException> refusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
            if (cause instanceof MillraceException refused) {
                return Optional.of(refused);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** What is left of this thread's time, but at most {@code most}; fails if nothing is. */
    static Duration left(Duration most) throws SocketException {
        Budget budget = BUDGET.get();
        return budget == null ? most : Duration.ofMillis(Math.min(budget.millis(), most.toMillis()));
    }

    /** Something to do within a budget. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    @Override
    public Socket createSocket() {
        return new BoundedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private static Socket connected(SocketAddress remote, SocketAddress local) throws IOException {
        Socket socket = new BoundedSocket();
        try {
            socket.bind(local);
            socket.connect(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What is left; of one thread. */
    private static final class Budget {
        private final long deadline;
        private final Reach reach;
        private long bytes;

        Budget(long deadline, long bytes, Reach reach) {
            this.deadline = deadline;
            this.bytes = bytes;
            this.reach = reach;
        }

        /** No time-out exception: PostgreSQL's driver takes those for nothing to read yet, and would ask again for good. */
        int millis() throws SocketException {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new SocketException("the time for this call is over");
            }
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        /** An exception that drivers expect: they wrap it, and {@link #refusal} finds it again. */
        void check(InetSocketAddress address) throws SocketException {
            try {
                reach.check(address);
            } catch (MillraceException e) {
                SocketException refused = new SocketException("the address must not be reached");
                refused.initCause(e);
                throw refused;
            }
        }

        void spend(int read) throws SocketException {
            bytes -= Math.max(read, 0);
            if (bytes < 0) {
                throw new SocketException("the answer is too long");
            }
        }
    }

    /** For sockets that say something before the driver does, too. */
    static class BoundedSocket extends Socket {
        private int wanted;

        @Override
        public synchronized void setSoTimeout(int timeout) throws SocketException {
            wanted = timeout;
            super.setSoTimeout(timeout);
        }

        /** No longer than the driver wants, which may be for ever. */
        synchronized void waitAtMost(int millis) throws SocketException {
            super.setSoTimeout(wanted == 0 ? millis : Math.min(wanted, millis));
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            Budget budget = BUDGET.get();
            int left = budget == null ? OTHERWISE_MILLIS : budget.millis();
            if (budget != null && endpoint instanceof InetSocketAddress address && !address.isUnresolved()) {
                budget.check(address);
            }
            super.connect(endpoint, timeout == 0 ? left : Math.min(timeout, left));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Reads(super.getInputStream(), this);
        }
    }

    private static final class Reads extends FilterInputStream {
        private final BoundedSocket socket;

        Reads(InputStream in, BoundedSocket socket) {
            super(in);
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Budget budget = BUDGET.get();
            if (budget == null) {
                socket.waitAtMost(OTHERWISE_MILLIS);
                return super.read(buffer, offset, length);
            }
            socket.waitAtMost(budget.millis());
            int read = super.read(buffer, offset, length);
            budget.spend(read);
            return read;
        }
    }
}
