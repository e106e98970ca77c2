package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionStore;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.MillraceException;
import io.millrace.server.secret.KnownSecrets;
import io.millrace.server.secret.SecretBox;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The secrets of all connections, also of those that settings define. */
final class SecretValues implements KnownSecrets {
    private final ConnectionStore store;
    private final ManagedConnections managed;
    private final ConnectionDescriptors descriptors;
    private final SecretBox box;

    SecretValues(ConnectionStore store, ManagedConnections managed, ConnectionDescriptors descriptors, SecretBox box) {
        this.store = store;
        this.managed = managed;
        this.descriptors = descriptors;
        this.box = box;
    }

    @Override
    public Set<String> values() {
        Set<String> values = new HashSet<>();
        for (Connection connection : store.all()) {
            for (Map.Entry<String, StoredSecret> secret : connection.secrets().entrySet()) {
                try {
                    values.add(box.open(connection.id().value(), secret.getKey(), secret.getValue()));
                } catch (MillraceException e) {
                    // What this server cannot open, no job of its clusters was given by it.
                }
            }
        }
        for (ManagedConnections.Managed each : managed.all()) {
            Connection connection = each.connection();
            descriptors
                    .of(connection.kind())
                    .secretsThatCount(connection.fields().values())
                    .forEach(field -> each.secrets().apply(field).ifPresent(values::add));
        }
        return values;
    }
}
