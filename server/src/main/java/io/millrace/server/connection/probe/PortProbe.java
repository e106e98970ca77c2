package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.HostName;
import io.millrace.core.connection.Uris;
import io.millrace.server.connection.probe.Probed.Endpoint;

import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether somebody listens. */
final class PortProbe implements StoreProbe {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int NAMENODE = 8020;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        reach(probed, stages, endpoints(probed.fields()));
        stages.skip(Stages.AUTHENTICATE, "Not tried for this kind of connection.");
        stages.skip(Stages.LIST, "Not tried for this kind of connection.");
    }

    /** The first two stages of every store that has a port. */
    static void reach(Probed probed, Stages stages, List<Endpoint> endpoints) throws Stages.FailedException {
        stages.run(Stages.RESOLVE, () -> probed.resolve(endpoints));
        stages.run(Stages.CONNECT, () -> {
            try (Socket socket = probed.connect(endpoints)) {
                return "Somebody listens at port " + socket.getPort() + ".";
            }
        });
    }

    /** Whatever the fields name, in whichever of the usual ways. */
    static List<Endpoint> endpoints(ConnectionFields fields) {
        List<Endpoint> endpoints = new ArrayList<>();
        fields.optionalText("host").ifPresent(host -> endpoints.add(new Endpoint(host, fields.number("port"))));
        for (String key : List.of("bootstrapServers", "metastore", "zookeeper")) {
            fields.items(key)
                    .forEach(
                            address -> endpoints.add(new Endpoint(HostName.hostOf(address), HostName.portOf(address))));
        }
        for (String key : List.of("uri", "root")) {
            fields.optionalText(key)
                    .ifPresent(uri ->
                            Uris.host(uri).ifPresent(host -> endpoints.add(new Endpoint(host, port(URI.create(uri))))));
        }
        return endpoints;
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return switch (uri.getScheme()) {
            case "http" -> HTTP;
            case "https" -> HTTPS;
            default -> NAMENODE;
        };
    }
}
