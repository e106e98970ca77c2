package io.millrace.server.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Accepts connections and never comes to the end of an answer. */
final class StubbornServer implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] head;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger most = new AtomicInteger();

    /** Says {@code head} and then a byte now and then, more often than any time-out of a read; nothing if it is empty. */
    StubbornServer(byte[] head) {
        this.head = head.clone();
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Most connections at one time. */
    int most() {
        return most.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : open) {
            client.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                most.accumulateAndGet(open.size(), Math::max);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return; // Closed, or as good as that.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.getOutputStream().write(head);
            while (head.length == 0 ? client.getInputStream().read() >= 0 : !listener.isClosed()) {
                if (head.length > 0) {
                    client.getOutputStream().write('x');
                    LockSupport.parkNanos(200_000_000);
                }
            }
        } catch (IOException e) {
            // The client had enough, as it should.
        } finally {
            open.remove(client);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "stubborn-server");
        thread.setDaemon(true);
        thread.start();
    }
}
