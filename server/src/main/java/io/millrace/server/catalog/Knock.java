package io.millrace.server.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.core.connection.HostName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Connects to one of several servers, waits for its answer to {@code hello} and hangs up; STORE_UNAVAILABLE if nobody
 * answers, which does not say where: users of tables need not know. Each address is shown to {@code reach} before.
 *
 * @param what begins a sentence
 * @param hello bytes as characters up to 255, to which a server of this kind says something; if empty, it is enough that
 *     somebody listens, who may hang
 */
record Knock(String what, List<String> servers, String hello, Reach reach) implements Runnable {
    /** For all of them to be found, and as long again to be answered. */
    private static final int MILLIS = 2000;

    Knock {
        servers = List.copyOf(servers);
    }

    @Override
    public void run() {
        for (String server : servers) {
            var address = new InetSocketAddress(HostName.hostOf(server), HostName.portOf(server));
            if (!address.isUnresolved() && isThere(address)) {
                return;
            }
        }
        if (!servers.isEmpty()) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, what + " does not answer.");
        }
    }

    private boolean isThere(InetSocketAddress address) {
        reach.check(address);
        try (Socket socket = new Socket()) {
            int patience = Math.max(1, MILLIS / servers.size());
            socket.connect(address, patience);
            if (hello.isEmpty()) {
                return true;
            }
            socket.setSoTimeout(patience);
            socket.getOutputStream().write(hello.getBytes(ISO_8859_1));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
