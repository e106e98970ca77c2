package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What proves a caller: a secret of 256 random bits that only the caller has, and its hash here.
 *
 * @param principal whom it proves
 * @param name what its owner calls it; may be empty
 * @param scope to what it is limited; empty means everything that the principal may do
 * @param expiresAt from when it proves nothing; empty means never
 * @param usedAt when it was last seen, to within a minute
 */
public record Credential(
        UUID id,
        UUID principal,
        Kind kind,
        String name,
        Set<Permission> scope,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> usedAt) {
    public Credential {
        requireNonNull(id, "id");
        requireNonNull(principal, "principal");
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        scope = Set.copyOf(scope);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(usedAt, "usedAt");
    }

    /** Where the secret is kept and how it is sent. */
    public enum Kind {
        /** Sent as bearer by programs. */
        TOKEN,
        /** Kept in a cookie by a browser. */
        SESSION,
        /** Exchanged once for a session: lets a browser in without a password. */
        CODE
    }
}
