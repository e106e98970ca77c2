package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The descriptors of all kinds. */
final class ConnectionDescriptors {
    private final Map<ConnectionKind, ConnectionDescriptor> all = new EnumMap<>(ConnectionKind.class);

    ConnectionDescriptors() {
        for (ConnectionKind kind : ConnectionKind.values()) {
            all.put(kind, ConnectionFiles.read(kind));
        }
    }

    ConnectionDescriptor of(ConnectionKind kind) {
        ConnectionDescriptor descriptor = all.get(kind);
        if (descriptor == null) {
            throw new IllegalStateException("every kind has a descriptor, " + kind + " too");
        }
        return descriptor;
    }

    List<ConnectionDescriptor> all() {
        return Arrays.stream(ConnectionKind.values()).map(this::of).toList();
    }

    /** CONNECTION_INVALID if there is no such kind. */
    static ConnectionKind kind(String word) {
        return ConnectionKind.of(word).orElseThrow(() -> {
            String known = "There are: " + String.join(", ", ConnectionKind.words()) + ".";
            String hint = Nearest.to(word.length() > 64 ? "" : word, ConnectionKind.words())
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse(known);
            return new MillraceException(
                    ErrorCode.CONNECTION_INVALID,
                    "There is no such kind of connection. " + known,
                    List.of(Flaw.at("/kind", "is no kind of connection", hint)));
        });
    }
}
