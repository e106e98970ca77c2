package io.millrace.server.flinkclient;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Flink's clients send when they open a session without being told to: the whole configuration file of the Flink
 * installation that they are a part of, and with what they reach the server. It says nothing about the session.
 */
final class ClientSettings {
    private static final Set<String> OF_THE_CLIENT = Set.of(
            // What Flink's distribution has in its conf/config.yaml.
            "env.java.opts.all",
            "jobmanager.bind-host",
            "jobmanager.rpc.address",
            "jobmanager.rpc.port",
            "jobmanager.memory.process.size",
            "jobmanager.execution.failover-strategy",
            "taskmanager.bind-host",
            "taskmanager.host",
            "taskmanager.numberOfTaskSlots",
            "taskmanager.memory.process.size",
            "rest.address",
            "rest.bind-address",
            // Where that file was.
            "$internal.deployment.config-dir",
            // How to reach the server by TLS, and how long to wait for it.
            "security.ssl.rest.enabled",
            "security.ssl.rest.truststore",
            "security.ssl.rest.truststore-password",
            "security.ssl.rest.truststore-type",
            "security.ssl.rest.cert.fingerprint",
            "security.ssl.rest.verify-hostname",
            "rest.connection-timeout",
            "rest.idleness-timeout",
            "rest.client.max-content-length");

    private ClientSettings() {}

    /** What is left for the session, where each key is allowed or refused by name. */
    static Map<String, String> ofTheSession(Map<String, String> sent) {
        Map<String, String> settings = new TreeMap<>(sent);
        settings.keySet().removeAll(OF_THE_CLIENT);
        return settings;
    }
}
