package io.millrace.server.access;

import io.millrace.api.access.NewSession;
import io.millrace.api.access.NewSetup;
import io.millrace.api.access.OidcStart;
import io.millrace.api.access.SessionView;
import io.millrace.api.access.SignInLink;
import io.millrace.api.access.SignInWays;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.server.http.Authenticator;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Public;
import io.millrace.server.http.Requires;
import io.millrace.server.http.SessionCookie;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** HTTP face of {@link SignIn} and {@link Setup}. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    private final SignIn signIn;
    private final OidcSignIn oidc;
    private final Authenticator authenticator;
    private final Setup setup;
    private final AccessConfig config;
    private final Caller caller;
    private final Clock clock;

    SessionResource(
            SignIn signIn,
            OidcSignIn oidc,
            Authenticator authenticator,
            Setup setup,
            AccessConfig config,
            Caller caller,
            Clock clock) {
        this.signIn = signIn;
        this.oidc = oidc;
        this.authenticator = authenticator;
        this.setup = setup;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("setup")
    @Public
    public Response setUp(@Nullable NewSetup wanted) {
        NewSetup given = AccessViews.body(wanted);
        Principal first = setup.run(
                AccessViews.given(given.token(), "/token"),
                AccessViews.name(given.name()),
                AccessViews.given(given.password(), "/password"));
        return Response.created(URI.create("/api/v1/users/" + first.name()))
                .entity(AccessViews.of(first))
                .build();
    }

    @GET
    @Path("session")
    @Requires(Permission.SELF)
    public SessionView get() {
        List<Permission> permissions =
                Arrays.stream(Permission.values()).filter(caller::may).toList();
        return new SessionView(
                AccessViews.of(caller.principal()),
                AccessViews.names(permissions),
                caller.credential().expiresAt().orElse(null));
    }

    @POST
    @Path("session")
    @Public
    public Response signIn(
            @Nullable NewSession wanted,
            @CookieParam(SessionCookie.ATTEMPT) @Nullable String attempt,
            @Context UriInfo uri) {
        String secret = signIn.open(prove(AccessViews.body(wanted), attempt), config.sessionLifetime());
        // So that the record of this call says who signed in.
        authenticator.session(secret).ifPresent(caller::is);
        return Response.status(Response.Status.CREATED)
                .entity(get())
                .cookie(SessionCookie.of(secret, config.sessionLifetime(), uri.getBaseUri()))
                .build();
    }

    private Principal prove(NewSession given, @Nullable String attempt) {
        if (given.oidc() != null) {
            return oidc.finish(attempt, given.oidc());
        }
        if (given.code() != null) {
            return signIn.byCode(given.code());
        }
        return signIn.byPassword(
                AccessViews.given(given.name(), "/name"), AccessViews.given(given.password(), "/password"));
    }

    @GET
    @Path("session/ways")
    @Public
    public SignInWays ways() {
        return new SignInWays(oidc.name().orElse(null));
    }

    @POST
    @Path("session/oidc")
    @Public
    public Response startOidc(@Context UriInfo uri) {
        OidcSignIn.Start start = oidc.begin(uri.getBaseUri());
        return Response.status(Response.Status.CREATED)
                .entity(new OidcStart(start.address()))
                .cookie(SessionCookie.attempt(start.browser(), OidcAttempts.LIFETIME, uri.getBaseUri()))
                .build();
    }

    @DELETE
    @Path("session")
    @Requires(Permission.SELF)
    public Response signOut(@Context UriInfo uri) {
        signIn.close(caller.credential());
        return Response.noContent().cookie(SessionCookie.none(uri.getBaseUri())).build();
    }

    @POST
    @Path("session/links")
    @Requires(Permission.SELF)
    public Response link() {
        AccessRules.unlimited(caller, "makes no links");
        String code = signIn.link(caller.principal(), config.linkLifetime());
        Instant end = clock.instant().plus(config.linkLifetime());
        return Response.status(Response.Status.CREATED)
                .entity(new SignInLink("/#sign-in=" + code, end))
                .build();
    }
}
