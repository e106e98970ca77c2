package io.millrace.dist.drill;

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
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands before the gateway: everything passes, but the first answer to a submission is kept for ever. */
final class SwallowingProxy implements AutoCloseable {
    private static final String SUBMISSION = "POST /v1/submissions";

    private final ServerSocket server;
    private final URI gateway;
    private final CountDownLatch swallowed = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    SwallowingProxy(URI gateway) throws IOException {
        this.gateway = gateway;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Waits until the gateway has answered a submission and nobody has heard it. */
    boolean awaitSwallowed() throws InterruptedException {
        return swallowed.await(60, TimeUnit.SECONDS);
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "swallowing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(gateway.getHost(), gateway.getPort());
                sockets.addAll(List.of(client, upstream));
                AtomicBoolean submits = new AtomicBoolean();
                thread(() -> requests(client, upstream, submits));
                thread(() -> answers(upstream, client, submits));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void requests(Socket from, Socket to, AtomicBoolean submits) {
        byte[] buffer = new byte[65_536];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).startsWith(SUBMISSION)) {
                    submits.set(true);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    private void answers(Socket from, Socket to, AtomicBoolean submits) {
        byte[] buffer = new byte[65_536];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (submits.get()) {
                    swallowed.countDown();
                } else {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
