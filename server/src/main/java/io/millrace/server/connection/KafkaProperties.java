package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What Kafka's client is told of a connection. */
public final class KafkaProperties {
    private static final String SECURITY = "org.apache.kafka.common.security.";

    private KafkaProperties() {}

    /**
     * Secrets included. The line that says how to sign in is made here, from a fixed set of login modules; nobody else
     * can write one.
     *
     * @param classPrefix what the names of Kafka's classes begin with where the client runs: Flink's connector has them
     *     renamed
     */
    public static Map<String, String> of(
            ConnectionFields fields, Function<String, Optional<String>> secrets, String classPrefix) {
        Map<String, String> all = new TreeMap<>();
        all.put("bootstrap.servers", String.join(",", fields.items("bootstrapServers")));
        String protocol = fields.text("securityProtocol");
        if (!protocol.equals("PLAINTEXT")) {
            all.put("security.protocol", protocol);
        }
        if (protocol.startsWith("SASL_")) {
            String mechanism = fields.text("saslMechanism");
            all.put("sasl.mechanism", mechanism);
            String module = classPrefix
                    + SECURITY
                    + (mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule");
            all.put(
                    "sasl.jaas.config",
                    module + " required username=" + quoted(fields.text("username"), "username") + " password="
                            + quoted(secrets.apply("password").orElseThrow(), "password") + ";");
        }
        fields.optionalText("caCertificate").ifPresent(pem -> {
            all.put("ssl.truststore.type", "PEM");
            all.put("ssl.truststore.certificates", pem);
        });
        return all;
    }

    /** A quoted text ends at a line's end; no other character but these two means anything within. */
    private static String quoted(String text, String field) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new MillraceException(
                    ErrorCode.SECRET_UNREADABLE, "'" + field + "' holds control characters, which Kafka cannot take.");
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
