package io.millrace.server.connection;

import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;

/** What went wrong with the certificate of a server. */
public final class Certificates {
    private static final int DEEPEST = 20;

    /** How the drivers of PostgreSQL and MariaDB say that it is of another host, and MariaDB's that nobody known signed. */
    private static final List<String> IN_WORDS_ONLY = List.of(
            "could not be verified by hostnameverifier",
            "SSL hostname verification failed",
            "Self signed certificates");

    private Certificates() {}

    /** Whether a failure to connect is that the server's certificate, or its way of encrypting, is not accepted. */
    public static boolean refused(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            String message = String.valueOf(cause.getMessage());
            if (IN_WORDS_ONLY.stream().anyMatch(message::contains)
                    || cause instanceof SSLException
                    || cause instanceof CertificateException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
