package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.EgressPolicy;
import io.millrace.server.connection.probe.Sentences.ProbeException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connection under test, and the way to its hosts: resolved once, checked, and used as resolved. */
final class Probed {
    private static final int CONNECT_MILLIS = 4000;

    private final ProbeRequest request;
    private final EgressPolicy egress;
    private final ConnectionFields fields;
    private final Map<String, InetAddress> resolved = new LinkedHashMap<>();

    Probed(ProbeRequest request) {
        this.request = request;
        this.egress = new EgressPolicy(request.allowedHosts(), request.deniedAddresses());
        this.fields = new ConnectionFields(request.fields());
    }

    ConnectionFields fields() {
        return fields;
    }

    Optional<String> secret(String field) {
        return Optional.ofNullable(request.secrets().get(field));
    }

    /** Resolves and checks each host; fails if one must not be reached or none is known. */
    String resolve(List<Endpoint> endpoints) throws UnknownHostException, ProbeException {
        List<String> found = new ArrayList<>();
        UnknownHostException unknown = null;
        for (Endpoint endpoint : endpoints) {
            try {
                List<InetAddress> addresses = List.of(InetAddress.getAllByName(endpoint.host()));
                Optional<String> refused = egress.refuse(endpoint.host(), addresses);
                if (refused.isPresent()) {
                    throw new ProbeException(refused.get());
                }
                resolved.put(endpoint.host(), addresses.get(0));
                found.add(endpoint.host() + " is " + addresses.get(0).getHostAddress());
            } catch (UnknownHostException e) {
                unknown = new UnknownHostException(endpoint.host());
            }
        }
        if (unknown != null && found.isEmpty()) {
            throw unknown;
        }
        return String.join(", ", found) + (unknown == null ? "." : "; '" + unknown.getMessage() + "' is not known.");
    }

    /** Opens a connection to one of the endpoints, which are resolved already. */
    Socket connect(List<Endpoint> endpoints) throws IOException {
        IOException failure = new ConnectException();
        for (Endpoint endpoint : endpoints) {
            InetAddress address = resolved.get(endpoint.host());
            if (address == null) {
                continue;
            }
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, endpoint.port()), CONNECT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** Where a store listens. */
    record Endpoint(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
