package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who calls Millrace.
 *
 * @param id names the principal for good; a name may be given again after a deletion, an id never
 * @param comment whatever people want to know about it; may be empty
 * @param admin whether it may do everything
 * @param disabled whether everything that proves it is refused
 * @param version counts changes, from 1
 * @param createdBy the name of who made it
 * @param identity whom an OpenID provider has to name for a browser to sign in as it; empty when none does
 */
public record Principal(
        UUID id,
        PrincipalName name,
        PrincipalKind kind,
        String comment,
        boolean admin,
        boolean disabled,
        long version,
        String createdBy,
        Instant createdAt,
        Optional<OidcIdentity> identity) {
    public Principal {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(comment, "comment");
        requireNonNull(createdBy, "createdBy");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(identity, "identity");
    }

    /** Whether it is one of those without whom nobody could give rights any more. */
    public boolean governs() {
        return admin && !disabled;
    }
}
