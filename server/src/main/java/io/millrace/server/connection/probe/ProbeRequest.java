package io.millrace.server.connection.probe;

import java.util.List;
import java.util.Map;

/**
 * What the process is told, on its standard input only. Never prints its secrets.
 *
 * @param kind the word of the kind
 * @param allowedHosts as the egress policy has them
 * @param deniedAddresses as the egress policy has them
 */
public record ProbeRequest(
        String kind,
        Map<String, Object> fields,
        Map<String, String> secrets,
        List<String> allowedHosts,
        List<String> deniedAddresses) {
    @Override
    public String toString() {
        return "ProbeRequest[kind=" + kind + "]";
    }
}
