package io.millrace.server.catalog;

import io.millrace.core.connection.HostName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Connects to one of several servers and hangs up; STORE_UNAVAILABLE if nobody is there, which does not say where: users of
 * tables need not know. Each address is shown to {@code reach} before.
 */
record Knock(String what, List<String> servers, Reach reach) implements Runnable {
    /** For all of them. */
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
            socket.connect(address, Math.max(1, MILLIS / servers.size()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
