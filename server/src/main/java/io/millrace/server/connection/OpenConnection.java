package io.millrace.server.connection;

import static java.util.Objects.requireNonNull;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.util.Optional;
import java.util.function.Function;

/**
 * A connection with what is needed to use it. Making one asks nobody for anything: secrets are opened at each call, and
 * whoever is about to connect calls {@link #checkReach} first.
 */
public final class OpenConnection {
    private final Connection connection;
    private final Function<String, Optional<String>> secrets;
    private final Reach reach;

    /**
     * Made by the service of connections, and by tests.
     *
     * @param secrets gives the value of a secret by the name of its field
     */
    public OpenConnection(Connection connection, Function<String, Optional<String>> secrets, Reach reach) {
        this.connection = requireNonNull(connection, "connection");
        this.secrets = requireNonNull(secrets, "secrets");
        this.reach = requireNonNull(reach, "reach");
    }

    public Connection connection() {
        return connection;
    }

    public ConnectionFields fields() {
        return connection.fields();
    }

    /** A secret that the descriptor requires; SECRET_UNREADABLE if it cannot be opened. Goes into no log or answer. */
    public String secret(String field) {
        return optionalSecret(field)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SECRET_UNREADABLE,
                        "Connection '" + connection.name() + "' has no secret '" + field + "'; give it again."));
    }

    /** Empty if the connection was made without it. */
    public Optional<String> optionalSecret(String field) {
        return secrets.apply(field);
    }

    /** As {@link Reach#check()}. */
    public void checkReach() {
        reach.check();
    }

    /** For whoever opens sockets. */
    public Reach reach() {
        return reach;
    }
}
