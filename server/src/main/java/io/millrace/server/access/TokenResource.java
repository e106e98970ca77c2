package io.millrace.server.access;

import io.millrace.api.Page;
import io.millrace.api.access.MadeToken;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.TokenView;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/** HTTP face of {@link TokenService}. */
@Path("/api/v1/users/{user}/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {
    private final TokenService service;
    private final UserService users;
    private final Caller caller;

    TokenResource(TokenService service, UserService users, Caller caller) {
        this.service = service;
        this.users = users;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.SELF)
    public Page<TokenView> list(@PathParam("user") String user) {
        return new Page<>(
                service.list(owner(user, Permission.ACCESS_READ)).stream()
                        .map(AccessViews::of)
                        .toList(),
                null);
    }

    @POST
    @Requires(Permission.SELF)
    public Response create(@PathParam("user") String user, @Nullable NewToken wanted) {
        AccessRules.unlimited(caller, "makes no tokens");
        NewToken token = AccessViews.body(wanted);
        TokenService.Made made = service.create(
                owner(user, Permission.ACCESS_EDIT),
                AccessViews.text(AccessViews.given(token.name(), "/name"), "/name"),
                AccessViews.scope(token.scope()),
                Optional.ofNullable(token.lifetime()));
        return Response.status(Response.Status.CREATED)
                .entity(new MadeToken(AccessViews.of(made.token()), made.secret()))
                .build();
    }

    @DELETE
    @Path("{token}")
    @Requires(Permission.SELF)
    public void revoke(@PathParam("user") String user, @PathParam("token") String token) {
        service.revoke(owner(user, Permission.ACCESS_EDIT), id(token));
    }

    /** Whose tokens they are: the caller's own, or with this permission those of anybody. */
    private Principal owner(String user, Permission others) {
        if (caller.name().equals(user)) {
            return caller.principal();
        }
        if (!caller.may(others)) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, "Only administrators see the tokens of others.");
        }
        return users.get(AccessViews.known(user));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(ErrorCode.TOKEN_NOT_FOUND, "There is no token with this id.", e);
        }
    }
}
