package io.millrace.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps what proves callers, by hash only. What is removed proves nothing from then on, on every server. */
public interface CredentialStore {
    /**
     * Keeps a credential.
     *
     * @param hash the SHA-256 of the secret
     */
    void insert(byte[] hash, Credential credential);

    /** Who is proved by the secret with this hash, unless it has expired or its principal is disabled. */
    Optional<Proof> prove(byte[] hash, Credential.Kind kind, Instant now);

    /** As {@link #prove}, and removes it. Of several callers at the same time one gets it. */
    Optional<Proof> take(byte[] hash, Credential.Kind kind, Instant now);

    /** The newest first. */
    List<Credential> list(UUID principal, Credential.Kind kind);

    /** False when the principal has no such credential. */
    boolean remove(UUID principal, UUID credential);

    /** Forgets those that have expired. */
    void removeExpired(Instant now);
}
