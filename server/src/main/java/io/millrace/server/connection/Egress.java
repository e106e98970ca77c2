package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.EgressPolicy;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Holds connections, and what else leads outside, against the settings that say which hosts and folders may be reached. */
public final class Egress {
    private static final List<String> LINK_LOCAL = List.of("169.254.0.0/16", "fe80::/10", "fd00:ec2::254");
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

    private final List<String> allowedHosts;
    private final List<String> deniedAddresses;
    private final List<String> allowedRoots;
    private final EgressPolicy policy;

    Egress(List<String> allowedHosts, List<String> deniedAddresses, List<String> allowedRoots) {
        this.allowedHosts = List.copyOf(allowedHosts);
        this.deniedAddresses = List.copyOf(deniedAddresses);
        this.allowedRoots = allowedRoots.stream().map(Egress::folder).toList();
        this.policy = new EgressPolicy(allowedHosts, deniedAddresses);
    }

    /**
     * What is never reached unless a setting says otherwise. Behind a server's own loopback addresses is what trusts
     * its host; whoever has a stack of their own is trusted by it anyway, and has their databases there.
     */
    static List<String> deniedAddresses(boolean ownStack) {
        return ownStack
                ? LINK_LOCAL
                : Stream.concat(LINK_LOCAL.stream(), LOOPBACK.stream()).toList();
    }

    List<String> allowedHosts() {
        return allowedHosts;
    }

    List<String> deniedAddresses() {
        return deniedAddresses;
    }

    /** EGRESS_DENIED, naming each field, as far as that is known without resolving names. */
    void checkDefinition(ConnectionDescriptor descriptor, ConnectionFields fields) {
        List<Flaw> flaws = new ArrayList<>();
        each(
                descriptor,
                fields,
                (field, host) -> policy.refuse(host).ifPresent(why -> flaws.add(Flaw.at("/fields/" + field, why))));
        flaws.addAll(roots(descriptor, fields));
        refuse(flaws);
    }

    /**
     * EGRESS_DENIED if a host resolves to an address that must not be reached, or a folder is no longer allowed. A host
     * that is not known passes.
     */
    void checkReach(Connection connection, ConnectionDescriptor descriptor) {
        List<Flaw> flaws = roots(descriptor, connection.fields());
        each(descriptor, connection.fields(), (field, host) -> {
            try {
                policy.refuse(host, List.of(InetAddress.getAllByName(host)))
                        .ifPresent(why -> flaws.add(Flaw.at("/fields/" + field, why)));
            } catch (UnknownHostException e) {
                // Whoever connects finds out, and says it in better words.
            }
        });
        refuse(flaws);
    }

    /** EGRESS_DENIED, naming the fields of that host, if it must not be reached at the address that it has now. */
    void checkAddress(Connection connection, ConnectionDescriptor descriptor, InetSocketAddress address) {
        Optional<String> refused = policy.refuse(address.getHostString(), List.of(address.getAddress()));
        if (refused.isEmpty()) {
            return;
        }
        List<Flaw> flaws = new ArrayList<>();
        each(descriptor, connection.fields(), (field, host) -> {
            if (host.equalsIgnoreCase(address.getHostString())) {
                flaws.add(Flaw.at("/fields/" + field, refused.get()));
            }
        });
        refuse(flaws.isEmpty() ? List.of(Flaw.at("/fields", refused.get())) : flaws);
    }

    /** Why a host may not be reached, as far as that is known without resolving it. */
    public Optional<String> refuse(String host) {
        return policy.refuse(host);
    }

    /** Why a host may not be reached that resolves to these addresses. */
    public Optional<String> refuse(String host, List<InetAddress> resolved) {
        return policy.refuse(host, resolved);
    }

    /** Why the folder with this URI may not be reached. */
    public Optional<String> refuseFolder(String root) {
        boolean allowed = allowedRoots.stream().anyMatch(folder(root)::startsWith);
        return allowed
                ? Optional.empty()
                : Optional.of("'" + root + "' is not below a folder that connections of this installation may reach: "
                        + String.join(", ", allowedRoots) + " (millrace.connection.allowed-roots).");
    }

    private List<Flaw> roots(ConnectionDescriptor descriptor, ConnectionFields fields) {
        List<Flaw> flaws = new ArrayList<>();
        descriptor.roots(fields).forEach((field, root) -> {
            if (allowedRoots.stream().noneMatch(folder(root)::startsWith)) {
                flaws.add(Flaw.at(
                        "/fields/" + field,
                        "'" + root + "' is not below a folder that connections of this installation may reach.",
                        "Allowed: " + String.join(", ", allowedRoots)));
            }
        });
        return flaws;
    }

    private static void each(
            ConnectionDescriptor descriptor, ConnectionFields fields, BiConsumer<String, String> hosts) {
        descriptor.hosts(fields).forEach((field, named) -> named.forEach(host -> hosts.accept(field, host)));
    }

    private static void refuse(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new MillraceException(ErrorCode.EGRESS_DENIED, flaws.get(0).message(), flaws);
        }
    }

    /** With a slash at the end, so that {@code /data} does not allow {@code /database}. */
    private static String folder(String root) {
        return root.endsWith("/") ? root : root + "/";
    }
}
