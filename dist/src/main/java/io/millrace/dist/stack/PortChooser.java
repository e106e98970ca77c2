package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.PORT;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Chooses the ports of a stack: the usual ones when they are free, else their neighbours, else any. */
public final class PortChooser {
    private static final int NEIGHBOURS = 20;
    private static final String LOOPBACK = "127.0.0.1";

    /** What the choice depends on outside this class. */
    interface Network {
        boolean isFree(String host, int port);

        int anyFree(String host);
    }

    private final Network network;
    private final Set<Integer> chosen = new HashSet<>();

    /** The choice holds until {@code turn} ends. */
    public PortChooser(StartTurn turn) {
        this(new Sockets());
        requireNonNull(turn, "turn");
    }

    PortChooser(Network network) {
        this.network = requireNonNull(network, "network");
    }

    /** {@code wanted} is a port that the user named: that one or none. */
    public Ports choose(String host, OptionalInt wanted) {
        int server = wanted.isPresent() ? exactly(host, wanted.getAsInt()) : near(host, 8080);
        return new Ports(
                host,
                server,
                near(LOOPBACK, 18080),
                near(LOOPBACK, 15432),
                near(LOOPBACK, 19092),
                near(LOOPBACK, 19192),
                near(LOOPBACK, 18180),
                near(LOOPBACK, 16123),
                near(LOOPBACK, 18280));
    }

    private int exactly(String host, int port) {
        if (!network.isFree(host, port)) {
            throw new StackException(
                    PORT,
                    "Port " + port + " on " + host
                            + " cannot be had: another program holds it, or it needs more rights; name another one with"
                            + " --port, or leave --port out.");
        }
        chosen.add(port);
        return port;
    }

    private int near(String host, int usual) {
        int port = IntStream.range(usual, usual + NEIGHBOURS)
                .filter(candidate -> !chosen.contains(candidate) && network.isFree(host, candidate))
                .findFirst()
                .orElseGet(() -> any(host));
        chosen.add(port);
        return port;
    }

    private int any(String host) {
        int port = network.anyFree(host);
        return chosen.contains(port) ? any(host) : port;
    }

    /** The machine's own sockets. */
    private static final class Sockets implements Network {
        @Override
        public boolean isFree(String host, int port) {
            try (var socket = bound(host, port)) {
                return socket.isBound();
            } catch (IOException taken) {
                return false;
            }
        }

        @Override
        public int anyFree(String host) {
            try (var socket = bound(host, 0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new StackException(
                        PORT,
                        "Millrace cannot listen on " + host + " (" + e.getMessage()
                                + "); name an address of this machine with --host.",
                        e);
            }
        }

        private static ServerSocket bound(String host, int port) throws IOException {
            var socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(address(host), port));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        private static InetAddress address(String host) {
            try {
                return InetAddress.getAllByName(host)[0];
            } catch (UnknownHostException e) {
                throw new StackException(
                        PORT, "The address " + host + " is not known; name one of this machine with --host.", e);
            }
        }
    }
}
