package io.millrace.server.connection.probe;

import java.util.List;
import java.util.Map;

/**
 * What the process is told, on its standard input only. Never prints its secrets.
 *
 * @param kind the word of the kind
 * @param allowedHosts as the egress policy has them
 * @param deniedAddresses as the egress policy has them
 * @param trust the properties of Java that say whose certificates are trusted, if they are set
 */
public record ProbeRequest(
        String kind,
        Map<String, Object> fields,
        Map<String, String> secrets,
        List<String> allowedHosts,
        List<String> deniedAddresses,
        Map<String, String> trust) {
    /** Trusts whom Java trusts by itself. */
    public ProbeRequest(
            String kind,
            Map<String, Object> fields,
            Map<String, String> secrets,
            List<String> allowedHosts,
            List<String> deniedAddresses) {
        this(kind, fields, secrets, allowedHosts, deniedAddresses, Map.of());
    }

    /** The same with the properties of Java that say whom to trust. */
    public ProbeRequest trusting(Map<String, String> properties) {
        return new ProbeRequest(kind, fields, secrets, allowedHosts, deniedAddresses, properties);
    }

    @Override
    public String toString() {
        return "ProbeRequest[kind=" + kind + "]";
    }
}
