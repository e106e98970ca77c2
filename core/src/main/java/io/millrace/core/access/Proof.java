package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

/**
 * A caller, and what proved it.
 *
 * @param epoch that of the principal's grants at this moment
 */
public record Proof(Principal principal, Credential credential, long epoch) {
    public Proof {
        requireNonNull(principal, "principal");
        requireNonNull(credential, "credential");
    }

    /** Whether the caller may do something of this kind at all. */
    public boolean allows(Permission permission) {
        boolean scoped = credential.scope().isEmpty() || credential.scope().contains(permission);
        return permission == Permission.SELF || (scoped && (principal.admin() || !permission.forAdministrators()));
    }
}
