package io.millrace.dist.parts;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a process whether it does its work, in the process's own language and with short limits. */
final class Probe {
    private static final int LIMIT_MILLIS = 2000;
    private static final int POSTGRES_PROTOCOL_3 = 196608;
    private static final short KAFKA_METADATA = 3;
    private static final int LARGEST_ANSWER = 1 << 20;

    private Probe() {}

    /** Whether the address answers 200. */
    static boolean http(int port, String path) {
        return http(port, path, "");
    }

    /** Whether the address answers 200 with a text that has these words. */
    static boolean http(int port, String path, String words) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK
                        && new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                .contains(words);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether PostgreSQL asks for a password; while it starts or recovers, it answers with an error instead. */
    static boolean postgres(int port) {
        byte[] settings = "user\0millrace\0database\0millrace\0\0".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connect(port)) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(settings.length + 8);
            out.writeInt(POSTGRES_PROTOCOL_3);
            out.write(settings);
            out.flush();
            return socket.getInputStream().read() == 'R';
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the broker lists itself, which it does when clients may use it. */
    static boolean kafka(int port) {
        try (Socket socket = connect(port)) {
            var request = new ByteArrayOutputStream();
            var fields = new DataOutputStream(request);
            fields.writeShort(KAFKA_METADATA);
            fields.writeShort(1); // version
            fields.writeInt(7); // correlation
            fields.writeShort(-1); // no client id
            fields.writeInt(0); // no topics
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.size());
            request.writeTo(out);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            int size = in.readInt();
            int correlation = in.readInt();
            int brokers = in.readInt();
            return size < LARGEST_ANSWER && correlation == 7 && brokers > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
