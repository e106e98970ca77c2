package io.millrace.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A database server that means no good. It speaks as much of MySQL's protocol as that takes. */
public final class FakeMysql implements AutoCloseable {
    /** As MySQL 5.7 without TLS, with LOCAL INFILE and plug-in authentication. */
    private static final byte[] GREETING = bytes(
            10,
            "5.7.44\0",
            1,
            0,
            0,
            0,
            "abcdefgh",
            0,
            0xdf,
            0xf7,
            45,
            2,
            0,
            0x08,
            0x00,
            21,
            "\0\0\0\0\0\0\0\0\0\0",
            "ijklmnopqrst\0",
            "mysql_native_password\0");

    private static final byte[] OK = bytes(0, 0, 0, 2, 0, 0, 0);

    private static final byte[] END = bytes(0xfe, 0, 0, 2, 0);

    /** One column, of binary data. */
    private static final byte[] BLOB_COLUMN =
            bytes("\3def", "\0\0\0", "\1c", "\1c", 12, 63, 0, "\u00ff\u00ff\u00ff\0", 0xfc, 0x80, 0, 0, 0, 0);

    private final ServerSocket listener;
    private final Manner manner;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AtomicInteger questions = new AtomicInteger();

    /** Listens on a free port of the loopback address until it is closed. */
    public FakeMysql(Manner manner) {
        this.manner = manner;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Everything that clients sent. */
    public String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** How often it said what {@link Manner} makes of it. */
    public int answers() {
        return questions.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return; // Closed, or as good as that.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            manner.answer(this, client.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // The client had enough, as it should.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-mysql");
        thread.setDaemon(true);
        thread.start();
    }

    private void greet(InputStream in, OutputStream out) throws IOException {
        packet(out, 0, GREETING);
        hear(in);
        packet(out, 2, OK);
    }

    /** One packet of the client. */
    private void hear(InputStream in) throws IOException {
        byte[] header = in.readNBytes(4);
        if (header.length < 4) {
            throw new IOException("gone");
        }
        int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
        byte[] body = in.readNBytes(length);
        synchronized (heard) {
            heard.writeBytes(body);
        }
    }

    private static void packet(OutputStream out, int sequence, byte[] body) throws IOException {
        out.write(new byte[] {(byte) body.length, (byte) (body.length >> 8), (byte) (body.length >> 16), (byte) sequence
        });
        out.write(body);
        out.flush();
    }

    private static byte[] bytes(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                all.write(number);
            } else {
                all.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return all.toByteArray();
    }

    /** What it does to a client. */
    public interface Manner {
        void answer(FakeMysql server, InputStream in, OutputStream out) throws IOException;

        /** Something else listens there. */
        static Manner nonsense() {
            return (server, in, out) -> {
                out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            };
        }

        /** An error of two gigabytes. */
        static Manner flood() {
            return (server, in, out) -> {
                byte[] text = new byte[1 << 16];
                for (int part = 0; part < 128; part++) {
                    out.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) part});
                    out.write(0xff);
                    for (int sent = 1; sent < 0xffffff; sent += text.length) {
                        out.write(text, 0, Math.min(text.length, 0xffffff - sent));
                    }
                }
            };
        }

        /** Lets the client in, and goes at its first question. */
        static Manner death() {
            return (server, in, out) -> {
                server.greet(in, out);
                server.hear(in);
                server.questions.incrementAndGet();
            };
        }

        /**
         * Answers every question with a request for a file of the client, and then with a row of a Java object that never
         * ends if somebody makes it.
         */
        static Manner thirst(String file) {
            return (server, in, out) -> {
                byte[] object = endless();
                server.greet(in, out);
                while (true) {
                    server.hear(in);
                    server.questions.incrementAndGet();
                    packet(out, 1, bytes(0xfb, file));
                    server.hear(in);
                    packet(out, 3, bytes(1));
                    packet(out, 4, BLOB_COLUMN);
                    packet(out, 5, END);
                    packet(out, 6, bytes(0xfc, object.length & 0xff, object.length >> 8, latin(object)));
                    packet(out, 7, END);
                }
            };
        }
    }

    /** Sets within sets: each level doubles the time that it takes to find out its hash. */
    private static byte[] endless() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int level = 0; level < 64; level++) {
            Set<Object> one = new HashSet<>(Set.of("one"));
            Set<Object> other = new HashSet<>();
            left.add(one);
            left.add(other);
            right.add(one);
            right.add(other);
            left = one;
            right = other;
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(root);
        }
        return bytes.toByteArray();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
