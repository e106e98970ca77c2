package io.millrace.server.connection;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionChange;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.connection.ConnectionObjects;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.server.access.Guard;
import io.millrace.server.secret.SecretKeeper;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** {@link ConnectionService} and {@link ConnectionTrials} as the caller at hand has them. */
final class CallersConnections {
    private final ConnectionService service;
    private final ConnectionTrials trials;
    private final Guard guard;
    private final List<SecretKeeper> keepers;

    /** {@code keepers} have secrets besides those of connections. */
    CallersConnections(ConnectionService service, ConnectionTrials trials, Guard guard, List<SecretKeeper> keepers) {
        this.service = requireNonNull(service, "service");
        this.trials = requireNonNull(trials, "trials");
        this.guard = requireNonNull(guard, "guard");
        this.keepers = List.copyOf(keepers);
    }

    List<ConnectionService.Listed> list(Optional<ConnectionKind> kind, Optional<String> text) {
        return service.list(kind, text).stream()
                .filter(each -> describable(each.connection()))
                .toList();
    }

    ConnectionService.Listed get(ConnectionName name) {
        List<ConnectionService.Listed> all = service.list(Optional.empty(), Optional.empty());
        return all.stream()
                .filter(each -> each.connection().name().equals(name))
                .filter(each -> guard.finds(ConnectionObjects.of(each.connection())))
                .findFirst()
                .orElseThrow(() -> ConnectionService.missing(
                        name,
                        all.stream()
                                .filter(each -> describable(each.connection()))
                                .toList()));
    }

    Connection create(ConnectionName name, ConnectionKind kind, ConnectionInput input, boolean dryRun) {
        guard.require(Privilege.CREATE, Securable.SERVER);
        Connection made = service.create(name, kind, input, dryRun);
        if (!dryRun) {
            guard.own(ConnectionObjects.of(made));
            guard.own(ConnectionObjects.broughtBy(made));
        }
        return made;
    }

    ConnectionService.Updated update(
            ConnectionName name,
            Function<Connection, ConnectionInput> content,
            LongConsumer basedOn,
            boolean dryRun,
            boolean force) {
        require(Privilege.ALTER, name);
        return service.update(name, current -> mayRefer(content.apply(current)), basedOn, dryRun, force);
    }

    /** What the server finds by a reference may be anybody's: it takes what a new connection takes. */
    private ConnectionInput mayRefer(ConnectionInput input) {
        if (input.secrets().given().values().stream().anyMatch(secret -> secret.origin() != SecretOrigin.VALUE)) {
            guard.require(Privilege.CREATE, Securable.SERVER);
        }
        return input;
    }

    List<String> delete(ConnectionName name, LongConsumer basedOn) {
        require(Privilege.DROP, name);
        return service.delete(name, basedOn);
    }

    /** What was deleted has nobody any more who was granted something on it. */
    List<ConnectionChange> history(ConnectionName name, long before, int limit) {
        if (!guard.rights().all()) {
            ConnectionService.Listed unused = get(name);
        }
        return service.history(name, before, limit);
    }

    ConnectionTester.TestReport test(ConnectionName name) {
        require(Privilege.USE, name);
        return trials.test(name);
    }

    ConnectionTester.TestReport test(ConnectionKind kind, ConnectionInput input) {
        guard.require(Privilege.CREATE, Securable.SERVER);
        return trials.test(kind, input);
    }

    ConnectionService.Rotation rotate() {
        guard.require(Privilege.ALTER, Securable.SERVER);
        ConnectionService.Rotation rotated = service.rotate();
        int more = keepers.stream().mapToInt(SecretKeeper::reseal).sum();
        return new ConnectionService.Rotation(rotated.key(), rotated.secrets() + more);
    }

    /** Who may use a connection may see which one it is. */
    private boolean describable(Connection connection) {
        Securable object = ConnectionObjects.of(connection);
        return guard.may(Privilege.DESCRIBE, object) || guard.may(Privilege.USE, object);
    }

    private void require(Privilege privilege, ConnectionName name) {
        guard.require(privilege, ConnectionObjects.of(get(name).connection()));
    }
}
