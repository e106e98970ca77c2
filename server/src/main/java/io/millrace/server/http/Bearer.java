package io.millrace.server.http;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Rights;

import java.util.Optional;
import java.util.Set;

/**
 * For whom one of Millrace's own processes calls.
 *
 * @param name as written into histories
 * @param principal empty for the system itself, and for nobody
 * @param scope what the token is limited to for which this stands; empty without a limit
 * @param from the address from which they called; empty when nobody did
 */
public record Bearer(String name, Optional<Principal> principal, Rights rights, Set<Permission> scope, String from) {
    /** The system itself. */
    public static final Bearer SYSTEM = new Bearer("system", Optional.empty(), Rights.ALL, Set.of(), "");

    /** A process that does not say for whom it calls. */
    static final Bearer NOBODY = new Bearer("nobody", Optional.empty(), Rights.NONE, Set.of(), "");

    public Bearer {
        requireNonNull(name, "name");
        requireNonNull(principal, "principal");
        requireNonNull(rights, "rights");
        scope = Set.copyOf(scope);
        requireNonNull(from, "from");
    }

    boolean allows(Permission permission) {
        return scope.isEmpty() || scope.contains(permission);
    }
}
