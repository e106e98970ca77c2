package io.millrace.server.access;

import io.millrace.core.access.Credential;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Proof;
import io.millrace.core.access.Rights;
import io.millrace.server.http.Authenticator;
import io.millrace.server.http.Bearer;

import java.time.Clock;
import java.util.Optional;

/** Who carries what, and what they may do. */
public final class KnownCallers implements Authenticator {
    private final CredentialStore credentials;
    private final SqlCapabilities capabilities;
    private final Authorizer authorizer;
    private final Clock clock;

    KnownCallers(CredentialStore credentials, SqlCapabilities capabilities, Authorizer authorizer, Clock clock) {
        this.credentials = credentials;
        this.capabilities = capabilities;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    @Override
    public Optional<Proof> bearer(String secret) {
        return credentials.prove(BearerSecret.hash(secret), Credential.Kind.TOKEN, clock.instant());
    }

    @Override
    public Optional<Proof> session(String secret) {
        return credentials.prove(BearerSecret.hash(secret), Credential.Kind.SESSION, clock.instant());
    }

    @Override
    public Optional<Bearer> capability(String secret) {
        return capabilities.prove(secret);
    }

    @Override
    public Rights rights(Principal principal, long epoch) {
        return authorizer.rights(principal, epoch);
    }
}
