package io.millrace.server.access;

import io.millrace.core.access.ActivityLog;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.PrincipalStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/** Builds this feature's objects. */
@Singleton
final class AccessWiring {
    @Produces
    @Singleton
    PrincipalStore principals(Jdbi jdbi) {
        return new SqlPrincipalStore(jdbi);
    }

    @Produces
    @Singleton
    CredentialStore credentials(Jdbi jdbi) {
        return new SqlCredentialStore(jdbi);
    }

    @Produces
    @Singleton
    ActivityLog activity(Jdbi jdbi) {
        return new SqlActivityLog(jdbi);
    }

    @Produces
    @Singleton
    Passwords passwords() {
        return new Passwords();
    }

    @Produces
    @Singleton
    UserService users(PrincipalStore store, Passwords passwords, Clock clock) {
        return new UserService(store, passwords, clock);
    }

    @Produces
    @Singleton
    TokenService tokens(CredentialStore store, Clock clock) {
        return new TokenService(store, clock);
    }

    @Produces
    @Singleton
    SignIn signIn(
            PrincipalStore principals,
            CredentialStore credentials,
            Passwords passwords,
            AccessConfig config,
            Jdbi jdbi,
            Clock clock) {
        var failures = new FailedSignIns(jdbi, config.failedAttempts());
        return new SignIn(principals, credentials, passwords, failures, clock);
    }

    @Produces
    @Singleton
    Setup setup(PrincipalStore principals, CredentialStore credentials, UserService users, Jdbi jdbi, Clock clock) {
        return new Setup(principals, credentials, users, jdbi, clock);
    }

    void start(@Observes StartupEvent event, Setup setup, AccessConfig config) {
        config.localTokenFile().ifPresentOrElse(setup::trust, setup::announce);
    }
}
