package io.millrace.api.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;

/** The call got no answer. Whether the server acted on it is not known, unless {@link #neverSent()}. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final URI server;

    public UnreachableException(URI server, IOException cause) {
        super("No answer from " + server + ": " + reason(cause), cause);
        this.server = server;
    }

    public URI server() {
        return server;
    }

    /** Whether no connection was made, so that the server cannot have seen the call. */
    public boolean neverSent() {
        return getCause() instanceof ConnectException;
    }

    private static String reason(IOException cause) {
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "connection refused";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
