package io.millrace.server.access;

import io.millrace.api.Page;
import io.millrace.api.access.NewPassword;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.UserPatch;
import io.millrace.api.access.UserView;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/** HTTP face of {@link UserService}. */
@Path("/api/v1/users")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {
    private final UserService service;
    private final OidcSignIn oidc;
    private final Setup setup;
    private final Caller caller;

    UserResource(UserService service, OidcSignIn oidc, Setup setup, Caller caller) {
        this.service = service;
        this.oidc = oidc;
        this.setup = setup;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.ACCESS_READ)
    public Page<UserView> list(
            @QueryParam("q") @Nullable String text,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        var users = service.list(text == null ? "" : text, page.after(), page.size() + 1).stream()
                .map(AccessViews::of)
                .toList();
        return page.page(users, UserView::name);
    }

    @POST
    @Requires(Permission.ACCESS_EDIT)
    public Response create(@Nullable NewUser wanted) {
        NewUser user = AccessViews.body(wanted);
        Principal made = service.create(
                AccessViews.name(user.name()),
                AccessViews.kind(user),
                AccessViews.text(user.comment(), "/comment"),
                Boolean.TRUE.equals(user.admin()),
                Optional.ofNullable(user.password()),
                caller.name());
        return answer(Response.created(URI.create("/api/v1/users/" + made.name())), made);
    }

    @GET
    @Path("{user}")
    @Requires(Permission.ACCESS_READ)
    public Response get(@PathParam("user") String name) {
        return answer(Response.ok(), service.get(AccessViews.known(name)));
    }

    @PATCH
    @Path("{user}")
    @Requires(Permission.ACCESS_EDIT)
    public Response update(
            @PathParam("user") String name,
            @HeaderParam("If-Match") @Nullable IfMatch match,
            @Nullable UserPatch wanted) {
        IfMatch required = IfMatch.required(match);
        UserPatch patch = AccessViews.body(wanted);
        Principal changed = service.change(
                AccessViews.known(name),
                Optional.ofNullable(patch.comment()).map(text -> AccessViews.text(text, "/comment")),
                Optional.ofNullable(patch.admin()),
                Optional.ofNullable(patch.disabled()),
                known -> patch.oidcSubject() == null ? known : oidc.identity(patch.oidcSubject()),
                required::check);
        return answer(Response.ok(), changed);
    }

    @DELETE
    @Path("{user}")
    @Requires(Permission.ACCESS_EDIT)
    public void delete(@PathParam("user") String name, @HeaderParam("If-Match") @Nullable IfMatch match) {
        service.delete(AccessViews.known(name), IfMatch.required(match)::check);
    }

    @PUT
    @Path("{user}/password")
    @Requires(Permission.SELF)
    public void setPassword(@PathParam("user") String name, @Nullable NewPassword wanted) {
        boolean own = caller.name().equals(name) && caller.credential().scope().isEmpty();
        if (!own && !caller.may(Permission.ACCESS_EDIT)) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, "Only administrators set the passwords of others.");
        }
        NewPassword password = AccessViews.body(wanted);
        String next = AccessViews.given(password.password(), "/password");
        if (own) {
            // Whoever finds an open browser cannot lock its owner out.
            String current = AccessViews.given(password.current(), "/current");
            service.setPassword(caller.principal(), Optional.of(current), next);
        } else {
            service.setPassword(service.get(AccessViews.known(name)), Optional.empty(), next);
        }
        setup.trustAgain();
    }

    private static Response answer(Response.ResponseBuilder response, Principal user) {
        return response.entity(AccessViews.of(user))
                .header(HttpHeaders.ETAG, IfMatch.etag(user.version()))
                .build();
    }
}
