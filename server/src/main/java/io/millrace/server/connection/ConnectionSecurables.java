package io.millrace.server.connection;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;
import io.millrace.core.connection.ConnectionObjects;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Connections as things on which privileges are granted. */
final class ConnectionSecurables implements Securables {
    private final ConnectionService service;

    ConnectionSecurables(ConnectionService service) {
        this.service = service;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.CONNECTION);
    }

    @Override
    public Optional<Securable> find(Kind kind, List<String> path) {
        return first(connection -> path.equals(List.of(connection.name())));
    }

    @Override
    public Securable named(Securable object) {
        return first(connection -> connection.id().equals(object.id())).orElse(object);
    }

    private Optional<Securable> first(Predicate<Securable> wanted) {
        return service.list(Optional.empty(), Optional.empty()).stream()
                .map(each -> ConnectionObjects.of(each.connection()))
                .filter(wanted)
                .findFirst();
    }
}
