package io.millrace.server.access;

import io.millrace.core.access.ActivityLog;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.access.Securables;
import io.millrace.server.http.Authenticator;
import io.millrace.server.http.Caller;
import io.millrace.server.http.StatementActivity;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds this feature's objects. */
@Singleton
final class AccessWiring {
    /** How long the OpenID provider may take for one answer. */
    private static final Duration OIDC_LIMIT = Duration.ofSeconds(10);

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
    GrantStore grants(Jdbi jdbi) {
        return new SqlGrantStore(jdbi);
    }

    @Produces
    @Singleton
    Authorizer authorizer(GrantStore grants) {
        return new Authorizer(grants);
    }

    @Produces
    @Singleton
    SqlCapabilities capabilities(Jdbi jdbi, Authorizer authorizer, Caller caller, Clock clock) {
        return new SqlCapabilities(jdbi, authorizer, caller, clock);
    }

    @Produces
    @Singleton
    Authenticator authenticator(
            CredentialStore credentials, SqlCapabilities capabilities, Authorizer authorizer, Clock clock) {
        return new KnownCallers(credentials, capabilities, authorizer, clock);
    }

    @Produces
    @Singleton
    Guard guard(Caller caller, GrantStore grants, Clock clock) {
        return new Guard(caller::rights, caller::principal, caller::renewRights, caller::asked, grants, clock);
    }

    @Produces
    @Singleton
    Actors actors(PrincipalStore principals, Authorizer authorizer, GrantStore grants, Clock clock) {
        return new Actors(principals, authorizer, grants, clock);
    }

    @Produces
    @Singleton
    GroupService groups(Jdbi jdbi, UserService users, Clock clock) {
        return new GroupService(new SqlGroupStore(jdbi), users, clock);
    }

    @Produces
    @Singleton
    GrantService grantService(
            GrantStore store,
            @All List<Securables> securables,
            GroupService groups,
            Guard guard,
            Caller caller,
            Clock clock) {
        return new GrantService(store, securables, groups, guard, caller, clock);
    }

    @Produces
    @Singleton
    MemberService members(Jdbi jdbi, GroupService groups, Guard guard, Caller caller, Clock clock) {
        return new MemberService(new SqlMemberStore(jdbi), groups, guard, caller, clock);
    }

    @Produces
    @Singleton
    GrantEndpoints internalGrants(GrantService service, Caller caller, StatementActivity activity) {
        return new GrantEndpoints(service, caller, activity);
    }

    @Produces
    @Singleton
    @Typed(BoundedActivityLog.class)
    BoundedActivityLog boundedActivity(Jdbi jdbi, ActivityConfig config, Clock clock) {
        return new BoundedActivityLog(new SqlActivityLog(jdbi), config.keep(), clock);
    }

    @Produces
    @Singleton
    ActivityLog activity(BoundedActivityLog log) {
        return log;
    }

    @Produces
    @Singleton
    ActivityLoop activityLoop(BoundedActivityLog log) {
        return new ActivityLoop(log);
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

    @Produces
    @Singleton
    OidcSignIn oidc(AccessConfig config, PrincipalStore principals, UserService users, Jdbi jdbi, Clock clock) {
        Optional<OidcProvider> provider = OidcClient.of(config.oidc())
                .map(client -> new OidcProvider(client, new OidcHttp(client, OIDC_LIMIT), clock));
        return new OidcSignIn(provider, config.oidc(), new OidcAttempts(jdbi), principals, users, clock);
    }

    /** Takes {@link OidcSignIn}, so that settings which cannot work stop the start. */
    void start(
            @Observes StartupEvent event, Setup setup, OidcSignIn oidc, ActivityLoop activities, AccessConfig config) {
        config.localTokenFile().ifPresentOrElse(setup::trust, setup::announce);
        activities.start();
    }

    void stop(@Observes ShutdownEvent event, ActivityLoop activities) {
        activities.close();
    }
}
