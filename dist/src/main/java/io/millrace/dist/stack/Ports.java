package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

/**
 * Where the processes of one stack listen. All but {@code server} are on the loopback address.
 *
 * @param host the address that the server is bound to
 * @param server the API and the console, for people
 * @param internal the server's API for Flink, and its health
 * @param jobmanager Flink's REST API
 */
public record Ports(
        String host,
        int server,
        int internal,
        int postgres,
        int kafka,
        int kafkaController,
        int jobmanager,
        int jobmanagerRpc,
        int gateway) {
    public Ports {
        requireNonNull(host, "host");
    }

    /** The address of the console as a browser on this machine writes it. */
    public String ui() {
        String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + server;
    }
}
