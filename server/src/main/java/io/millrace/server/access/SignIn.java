package io.millrace.server.access;

import io.millrace.core.access.Credential;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.access.Proof;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How browsers get in and out. */
public final class SignIn {
    private final PrincipalStore principals;
    private final CredentialStore credentials;
    private final Passwords passwords;
    private final FailedSignIns failures;
    private final Clock clock;

    SignIn(
            PrincipalStore principals,
            CredentialStore credentials,
            Passwords passwords,
            FailedSignIns failures,
            Clock clock) {
        this.principals = principals;
        this.credentials = credentials;
        this.passwords = passwords;
        this.failures = failures;
        this.clock = clock;
    }

    /** Who has this name and password. An unknown name, a wrong password and a disabled user look the same. */
    Principal byPassword(String name, String password) {
        failures.check(name, clock.instant());
        Optional<Principal> user = known(name).filter(found -> !found.disabled());
        if (!passwords.matches(password, user.flatMap(found -> principals.passwordHash(found.id())))) {
            failures.add(name, clock.instant());
            throw new MillraceException(ErrorCode.NOT_SIGNED_IN, "There is no such user with this password.");
        }
        return user.orElseThrow();
    }

    /** Whom a code of {@link #link} lets in; it does so once. */
    Principal byCode(String code) {
        return credentials
                .take(BearerSecret.hash(code), Credential.Kind.CODE, clock.instant())
                .map(Proof::principal)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.NOT_SIGNED_IN,
                        "This link was used before or has expired; `millrace console` prints another one."));
    }

    /** Begins a session of a browser; answers its secret. */
    String open(Principal user, Duration lifetime) {
        return issue(user, Credential.Kind.SESSION, lifetime);
    }

    /** Answers a code that lets a browser in once. */
    String link(Principal user, Duration lifetime) {
        return issue(user, Credential.Kind.CODE, lifetime);
    }

    /** Ends what proved the caller, when it is a session. */
    void close(Credential credential) {
        if (credential.kind() == Credential.Kind.SESSION) {
            credentials.remove(credential.principal(), credential.id());
        }
    }

    private String issue(Principal user, Credential.Kind kind, Duration lifetime) {
        Instant now = clock.instant();
        credentials.removeExpired(now);
        String secret = BearerSecret.random();
        credentials.insert(
                BearerSecret.hash(secret),
                new Credential(
                        UUID.randomUUID(),
                        user.id(),
                        kind,
                        "",
                        Set.of(),
                        now,
                        Optional.of(now.plus(lifetime)),
                        Optional.empty()));
        return secret;
    }

    private Optional<Principal> known(String name) {
        try {
            return principals.find(new PrincipalName(name));
        } catch (MillraceException e) {
            return Optional.empty();
        }
    }
}
