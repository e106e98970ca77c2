package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionDraft;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a connection may be: as its descriptor says, and within what the installation allows. */
final class ConnectionRules {
    private static final int LONGEST_COMMENT = 1000;
    private static final String CA = "caCertificate";

    private final ConnectionDescriptors descriptors;
    private final Egress egress;

    ConnectionRules(ConnectionDescriptors descriptors, Egress egress) {
        this.descriptors = descriptors;
        this.egress = egress;
    }

    /** The fields with their defaults; throws with everything that is wrong. */
    ConnectionFields check(ConnectionKind kind, ConnectionInput input, Set<String> kept) {
        ConnectionDescriptor descriptor = descriptors.of(kind);
        var draft = new ConnectionDraft(input.fields(), input.secrets().given(), kept);
        List<Flaw> flaws = descriptor.check(draft);
        if (input.comment().length() > LONGEST_COMMENT) {
            flaws.add(Flaw.at("/comment", "The comment has more than " + LONGEST_COMMENT + " characters."));
        }
        if (!flaws.isEmpty()) {
            throw invalid(flaws);
        }
        ConnectionFields fields = descriptor.complete(draft);
        if (kind == ConnectionKind.POSTGRES
                && fields.optionalText(CA).filter(ConnectionRules::several).isPresent()) {
            throw invalid(List.of(Flaw.at(
                    "/fields/" + CA,
                    "Field '" + CA + "' must be one certificate.",
                    "PostgreSQL's driver takes no more; give the one at the top of the chain.")));
        }
        egress.checkDefinition(descriptor, fields);
        return fields;
    }

    /** The secrets that stay: neither given anew nor removed, and of use with the new fields. */
    Set<String> kept(Connection current, ConnectionInput input) {
        Set<String> kept = new TreeSet<>(current.secrets().keySet());
        kept.removeAll(input.secrets().given().keySet());
        kept.removeAll(input.secrets().removed());
        kept.retainAll(descriptors.of(current.kind()).secretsThatCount(input.fields()));
        return kept;
    }

    /**
     * A secret goes only where whoever gave it sent it: otherwise somebody who may change a connection, but must not know
     * its password, would have it sent to a server of their own.
     */
    void refuseSecretsFollowing(Connection current, ConnectionFields next, Set<String> kept) {
        Set<String> moved = moved(current, next);
        if (!moved.isEmpty() && !kept.isEmpty()) {
            String why = "must be given again, because '" + String.join("', '", moved) + "' changes";
            throw invalid(kept.stream()
                    .map(field -> Flaw.at("/secrets/" + field, "Secret '" + field + "' " + why + "."))
                    .toList());
        }
    }

    /** The changed fields that say where the store is. */
    Set<String> moved(Connection current, ConnectionFields next) {
        Set<String> moved = new TreeSet<>(next.differences(current.fields()));
        moved.retainAll(descriptors.of(current.kind()).targets());
        return moved;
    }

    Reach reach(Connection connection) {
        ConnectionDescriptor descriptor = descriptors.of(connection.kind());
        return new Reach() {
            @Override
            public void check() {
                egress.checkReach(connection, descriptor);
            }

            @Override
            public void check(InetSocketAddress address) {
                egress.checkAddress(connection, descriptor, address);
            }
        };
    }

    private static boolean several(String pem) {
        String begin = "-----BEGIN";
        return pem.indexOf(begin) != pem.lastIndexOf(begin);
    }

    private static MillraceException invalid(List<Flaw> flaws) {
        String rest = flaws.size() == 1 ? "" : " And " + (flaws.size() - 1) + " more.";
        return new MillraceException(ErrorCode.CONNECTION_INVALID, flaws.get(0).message() + rest, flaws);
    }
}
