package io.millrace.server.access;

import io.millrace.api.Page;
import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.access.RevocationView;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Securable;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** HTTP face of {@link GrantService}. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class GrantResource {
    private final GrantService service;

    GrantResource(GrantService service) {
        this.service = service;
    }

    @GET
    @Path("grants")
    @Requires(Permission.GRANT_READ)
    public Page<GrantView> list(
            @QueryParam("granteeKind") @Nullable GranteeKind granteeKind,
            @QueryParam("grantee") @Nullable String grantee,
            @QueryParam("objectKind") @Nullable ObjectKind objectKind,
            @QueryParam("object") List<String> object,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        long offset = page.number(0);
        Optional<Grantee> to = Optional.ofNullable(grantee)
                .map(name -> grantee(new GranteeView(granteeKind == null ? GranteeKind.USER : granteeKind, name)));
        Optional<Securable> on =
                Optional.ofNullable(objectKind).map(kind -> service.object(GrantViews.kind(kind), object));
        List<GrantView> some = service.list(to, on, offset, page.size() + 1).stream()
                .map(GrantViews::of)
                .toList();
        return page.page(some, each -> Long.toString(offset + page.size()));
    }

    @POST
    @Path("grants")
    @Requires(Permission.GRANT_EDIT)
    public void grant(@Nullable NewGrant given) {
        NewGrant wanted = AccessViews.body(given);
        Securable on = object(wanted);
        service.grant(
                List.of(grantee(wanted.to())),
                on,
                GrantViews.privileges(wanted.privileges(), on),
                GrantViews.effect(wanted.effect()));
    }

    @POST
    @Path("revocations")
    @Requires(Permission.GRANT_EDIT)
    public RevocationView revoke(@Nullable NewGrant given) {
        NewGrant wanted = AccessViews.body(given);
        Securable on = object(wanted);
        return new RevocationView(service.revoke(
                List.of(grantee(wanted.to())),
                on,
                GrantViews.privileges(wanted.privileges(), on),
                GrantViews.effect(wanted.effect())));
    }

    private Grantee grantee(@Nullable GranteeView given) {
        GranteeView grantee = AccessViews.body(given);
        return service.grantee(
                GrantViews.kind(AccessViews.body(grantee.kind())),
                AccessViews.known(AccessViews.given(grantee.name(), "/to/name")));
    }

    private Securable object(NewGrant wanted) {
        ObjectPath on = AccessViews.body(wanted.object());
        return service.object(GrantViews.kind(AccessViews.body(on.kind())), on.path());
    }
}
