package io.millrace.server.access;

import io.millrace.core.access.Credential;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Use cases on API tokens. */
public final class TokenService {
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final int MOST = 100;

    private final CredentialStore store;
    private final Clock clock;

    TokenService(CredentialStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Credential> list(Principal owner) {
        return store.list(owner.id(), Credential.Kind.TOKEN);
    }

    /**
     * Makes a token.
     *
     * @param scope to what the token is limited; empty means everything that its owner may do
     * @param lifetime empty means until it is revoked
     */
    Made create(Principal owner, String name, Set<Permission> scope, Optional<Duration> lifetime) {
        lifetime.ifPresent(TokenService::check);
        if (list(owner).size() >= MOST) {
            throw new MillraceException(
                    ErrorCode.TOKEN_INVALID,
                    "'" + owner.name() + "' has " + MOST + " tokens, which is the most; revoke one first.");
        }
        Instant now = clock.instant();
        String secret = BearerSecret.random();
        Credential token = new Credential(
                UUID.randomUUID(),
                owner.id(),
                Credential.Kind.TOKEN,
                name,
                scope,
                now,
                lifetime.map(now::plus),
                Optional.empty());
        store.insert(BearerSecret.hash(secret), token);
        return new Made(token, secret);
    }

    void revoke(Principal owner, UUID token) {
        boolean mine = list(owner).stream().anyMatch(each -> each.id().equals(token));
        if (!mine || !store.remove(owner.id(), token)) {
            throw new MillraceException(ErrorCode.TOKEN_NOT_FOUND, "'" + owner.name() + "' has no token with this id.");
        }
    }

    private static void check(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new MillraceException(
                    ErrorCode.TOKEN_INVALID,
                    "A token lives for more than nothing and at most ten years.",
                    List.of(Flaw.at("/lifetime", "out of range", "P90D")));
        }
    }

    /**
     * A token that was made.
     *
     * @param secret what the bearer sends; it is told only now
     */
    record Made(Credential token, String secret) {}
}
