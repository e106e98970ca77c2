package io.millrace.dist.drill;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands between two processes. Everything passes until it is told what to do with the first request of a kind. */
final class WireProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile @Nullable Trap trap;
    private volatile boolean cut;

    /** What is done, once, to a request. */
    enum Deed {
        /** It passes, and its answer does not. */
        SWALLOW_ANSWER,
        /** It waits for {@link Trap#release}. */
        HOLD
    }

    /** Waits for a request with some text, on a connection that had another text before. */
    static final class Trap {
        private final String first;
        private final String then;
        private final Deed deed;
        private final CountDownLatch sprung = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Trap(String first, String then, Deed deed) {
            this.first = requireNonNull(first, "first");
            this.then = requireNonNull(then, "then");
            this.deed = requireNonNull(deed, "deed");
        }

        /** Until the answer was swallowed, or the request waits. */
        boolean awaitSprung() throws InterruptedException {
            return sprung.await(60, TimeUnit.SECONDS);
        }

        void release() {
            released.countDown();
        }
    }

    WireProxy(URI target) throws IOException {
        this.host = target.getHost();
        this.port = target.getPort();
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** For the next request that holds {@code text}. */
    Trap set(String text, Deed deed) {
        return set("", text, deed);
    }

    /** For the next request that holds {@code then}, on a connection that has sent {@code first}. */
    Trap set(String first, String then, Deed deed) {
        Trap next = new Trap(first, then, deed);
        trap = next;
        return next;
    }

    /** Ends every connection, and each new one at once. */
    void cut() throws IOException {
        cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    void mend() {
        cut = false;
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // The other side is being killed just now, or this one is closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream;
        try {
            upstream = new Socket(host, port);
        } catch (IOException e) {
            client.close();
            return;
        }
        sockets.addAll(List.of(client, upstream));
        Connection connection = new Connection(client, upstream);
        thread(connection::requests);
        thread(connection::answers);
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private volatile @Nullable Trap muted;
        private String marked = "";

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() {
            byte[] buffer = new byte[65_536];
            try (InputStream in = client.getInputStream();
                    OutputStream out = upstream.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    look(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One of the two has gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look(String text) throws InterruptedException {
            Trap set = trap;
            if (set == null) {
                return;
            }
            boolean ready = set.first.isEmpty() || marked.equals(set.first);
            if (ready && text.contains(set.then)) {
                trap = null;
                if (set.deed == Deed.HOLD) {
                    set.sprung.countDown();
                    set.released.await();
                } else {
                    muted = set;
                }
            } else if (!set.first.isEmpty() && text.contains(set.first)) {
                marked = set.first;
            }
        }

        void answers() {
            byte[] buffer = new byte[65_536];
            try (InputStream in = upstream.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Trap swallowing = muted;
                    if (swallowing == null) {
                        out.write(buffer, 0, read);
                        out.flush();
                    } else {
                        swallowing.sprung.countDown();
                    }
                }
            } catch (IOException e) {
                // One of the two has gone.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
