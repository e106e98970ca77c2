package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionStore;
import io.millrace.server.access.Guard;
import io.millrace.server.http.Caller;
import io.millrace.server.secret.KnownSecrets;
import io.millrace.server.secret.SecretBox;
import io.millrace.server.secret.SecretKeeper;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Builds this feature's objects. */
@Singleton
final class ConnectionWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWiring.class);

    @Produces
    @Singleton
    ConnectionStore store(Jdbi jdbi) {
        return new SqlConnectionStore(jdbi);
    }

    @Produces
    @Singleton
    Egress egress(
            ConnectionConfig config,
            @ConfigProperty(name = "millrace.access.local-token-file") Optional<String> ownStack,
            @ConfigProperty(name = "millrace.catalog.warehouse.root") String warehouse) {
        List<String> denied = config.deniedAddresses().orElseGet(() -> Egress.deniedAddresses(ownStack.isPresent()));
        List<String> roots = config.allowedRoots().orElseGet(() -> List.of(parent(warehouse)));
        return new Egress(config.allowedHosts(), denied, roots);
    }

    @Produces
    @Singleton
    ConnectionDescriptors descriptors() {
        return new ConnectionDescriptors();
    }

    @Produces
    @Singleton
    ConnectionRules rules(ConnectionDescriptors descriptors, Egress egress) {
        return new ConnectionRules(descriptors, egress);
    }

    @Produces
    @Singleton
    ConnectionService service(
            ConnectionStore store,
            ManagedConnections managed,
            ConnectionRules rules,
            SecretBox secrets,
            ConnectionUse use,
            Caller caller,
            Clock clock) {
        return new ConnectionService(
                store, managed, rules, secrets, use, () -> new Connection.Author(caller.name(), clock.instant()));
    }

    @Produces
    @Singleton
    KnownSecrets knownSecrets(
            ConnectionStore store, ManagedConnections managed, ConnectionDescriptors descriptors, SecretBox box) {
        return new SecretValues(store, managed, descriptors, box);
    }

    @Produces
    @Singleton
    SqlStoreIdentities identities(Jdbi jdbi) {
        return new SqlStoreIdentities(jdbi);
    }

    @Produces
    @Singleton
    SameStores sameStores(ConnectionService service, SqlStoreIdentities identities) {
        return new SameStores(
                () -> service.list(Optional.empty(), Optional.empty()).stream()
                        .map(ConnectionService.Listed::connection)
                        .toList(),
                identities::of);
    }

    @Produces
    @Singleton
    ConnectionTrials trials(
            ConnectionService service,
            ConnectionDescriptors descriptors,
            Egress egress,
            ConnectionConfig config,
            SqlStoreIdentities identities,
            Clock clock) {
        var tester = new ConnectionTester(ServerClasspath.find(), config.testLimit());
        return new ConnectionTrials(service, descriptors, egress, tester, identities, clock);
    }

    @Produces
    @Singleton
    CallersConnections callers(
            ConnectionService service, ConnectionTrials trials, Guard guard, @All List<SecretKeeper> keepers) {
        return new CallersConnections(service, trials, guard, keepers);
    }

    @Produces
    @Singleton
    ConnectionSecurables securables(ConnectionService service) {
        return new ConnectionSecurables(service);
    }

    void start(@Observes StartupEvent event, ConnectionService service) {
        service.keyProblems().forEach(LOG::error);
    }

    private static String parent(String root) {
        String bare = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return bare.substring(0, bare.lastIndexOf('/') + 1);
    }
}
