package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionFields;

import java.util.Map;

/** What PostgreSQL's driver is told of the way to a database: whether it is encrypted, and who is trusted. */
public final class PostgresProperties {
    private static final String FACTORIES = "org.postgresql.ssl.";
    private static final String MODE = "sslmode";
    private static final String FACTORY = "sslfactory";

    private PostgresProperties() {}

    /** Encrypted if the server can; for the database of the installation itself. */
    public static Map<String, String> preferred() {
        return Map.of(MODE, "prefer");
    }

    /** For a connection of kind {@code postgres}. Whoever verifies, verifies the host too. */
    public static Map<String, String> of(ConnectionFields fields) {
        String mode = fields.text("tls");
        if (!mode.equals("verify")) {
            return Map.of(MODE, mode);
        }
        return fields.optionalText("caCertificate")
                .map(pem -> Map.of(
                        MODE,
                        "verify-full",
                        FACTORY,
                        FACTORIES + "SingleCertValidatingFactory",
                        "sslfactoryarg",
                        pem.strip()))
                .orElseGet(() -> Map.of(MODE, "verify-full", FACTORY, FACTORIES + "DefaultJavaSSLFactory"));
    }
}
