package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.server.connection.probe.ProbeRequest;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries connections, kept and not kept. */
final class ConnectionTrials {
    private final ConnectionService connections;
    private final ConnectionDescriptors descriptors;
    private final Egress egress;
    private final ConnectionTester tester;
    private final SqlStoreIdentities identities;
    private final Clock clock;

    ConnectionTrials(
            ConnectionService connections,
            ConnectionDescriptors descriptors,
            Egress egress,
            ConnectionTester tester,
            SqlStoreIdentities identities,
            Clock clock) {
        this.connections = connections;
        this.descriptors = descriptors;
        this.egress = egress;
        this.tester = tester;
        this.identities = identities;
        this.clock = clock;
    }

    ConnectionTester.TestReport test(ConnectionName name) {
        ConnectionService.Listed found = connections.get(name);
        ConnectionTester.TestReport report = test(connections.open(name), found.managed());
        report.identity()
                .ifPresent(identity -> identities.remember(
                        found.connection().kind(), SameStores.address(found.connection()), identity, clock.instant()));
        return report;
    }

    ConnectionTester.TestReport test(ConnectionKind kind, ConnectionInput input) {
        return test(connections.draft(kind, input), false);
    }

    /** Whoever runs the installation says where its own stores are. */
    private ConnectionTester.TestReport test(OpenConnection open, boolean managed) {
        ConnectionKind kind = open.connection().kind();
        Map<String, String> secrets = new TreeMap<>();
        for (String field : descriptors.of(kind).secretsThatCount(open.fields().values())) {
            open.optionalSecret(field).ifPresent(value -> secrets.put(field, value));
        }
        return tester.test(new ProbeRequest(
                kind.word(),
                open.fields().values(),
                secrets,
                managed ? List.of("*") : egress.allowedHosts(),
                managed ? List.of() : egress.deniedAddresses()));
    }
}
