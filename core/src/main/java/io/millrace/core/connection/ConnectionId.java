package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one connection for good; its secrets are bound to it. */
public record ConnectionId(UUID value) {
    public ConnectionId {
        requireNonNull(value, "value");
    }

    public static ConnectionId fromString(String text) {
        return new ConnectionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
