package io.millrace.core.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps principals. Changes are seen by every server at once. */
public interface PrincipalStore {
    /** False when there is a principal of this name, or of this identity. */
    boolean insert(Principal principal, Optional<String> passwordHash);

    /**
     * Makes the very first principal.
     *
     * @return false when there has ever been one
     */
    boolean insertFirst(Principal principal, Optional<String> passwordHash);

    /** Replaces the state that has the version before {@code next}'s. Another identity ends all sessions. */
    Change replace(Principal next);

    /** Deletes the principal in this state, with everything that proves it. */
    Change delete(Principal principal);

    /** Replaces the password and removes everything else that proves the principal: sessions, links and tokens. */
    void setPassword(UUID principal, String passwordHash);

    /** Empty when there is no such user, or when it has no password. */
    Optional<String> passwordHash(UUID principal);

    Optional<Principal> find(PrincipalName name);

    Optional<Principal> find(OidcIdentity identity);

    /** Sorted by name, those after {@code after} whose name or comment contains {@code text}, in any case. */
    List<Principal> list(String text, String after, int limit);

    /** Whether there has ever been a principal. */
    boolean any();

    /** What became of a change. */
    enum Change {
        DONE,
        /** Somebody else changed it before. */
        STALE,
        /** Nobody would be left who may give rights. */
        LAST_ADMIN,
        /** Another principal has the identity. */
        IDENTITY_TAKEN
    }
}
