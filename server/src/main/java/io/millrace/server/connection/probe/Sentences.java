package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Failures that every kind of store can have, in words. */
final class Sentences {
    private Sentences() {}

    static String of(Throwable failure) {
        if (failure instanceof ProbeException told) {
            return String.valueOf(told.getMessage());
        }
        if (failure instanceof ExecutionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof UnknownHostException) {
            return "The host '" + failure.getMessage() + "' is not known; check its name.";
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return "The store does not answer in time.";
        }
        if (failure instanceof NoRouteToHostException) {
            return "There is no way to the host from here.";
        }
        if (failure instanceof ConnectException) {
            return "Nothing listens there; check host and port.";
        }
        if (failure instanceof SSLException) {
            return "The way cannot be encrypted: " + failure.getMessage();
        }
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** The server is not, as far as anybody can know, the one that is meant. */
    static String certificate(Throwable failure, ConnectionFields fields) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String signer = fields.optionalText("caCertificate").isPresent()
                ? "'caCertificate' is of whoever signed the certificate"
                : "Java trusts whoever signed the certificate (or name them in 'caCertificate')";
        return "The server's certificate is not accepted; check the host, and whether " + signer + ": "
                + root.getMessage();
    }

    /** A failure with its own sentence. */
    static final class ProbeException extends Exception {
        private static final long serialVersionUID = 1L;

        ProbeException(String sentence) {
            super(sentence);
        }
    }
}
