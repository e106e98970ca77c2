package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionName;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The connections that settings define. Shown and tested like others, changed by settings only. */
public record ManagedConnections(List<Managed> all) {
    public ManagedConnections {
        all = List.copyOf(all);
    }

    Optional<Managed> find(ConnectionName name) {
        return all.stream()
                .filter(managed -> managed.connection().name().equals(name))
                .findFirst();
    }

    /**
     * One of them.
     *
     * @param secrets gives the value of a secret by the name of its field
     */
    public record Managed(Connection connection, Function<String, Optional<String>> secrets) {}
}
