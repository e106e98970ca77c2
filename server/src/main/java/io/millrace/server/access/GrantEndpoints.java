package io.millrace.server.access;

import static java.util.Objects.requireNonNull;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.access.RevocationView;
import io.millrace.api.sql.GrantQuestion;
import io.millrace.api.sql.GrantStatement;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.InternalCall;
import io.millrace.server.http.InternalEndpoints;
import io.millrace.server.http.InternalRouter;
import io.millrace.server.http.StatementActivity;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * GRANT, DENY, REVOKE and SHOW GRANTS as the SQL gateway asks for them, for whom the statement runs. With {@code check},
 * nothing is changed: the answer is what a statement would meet.
 */
final class GrantEndpoints implements InternalEndpoints {
    private static final int MOST = 10_000;

    private final GrantService service;
    private final Caller caller;
    private final StatementActivity activity;

    GrantEndpoints(GrantService service, Caller caller, StatementActivity activity) {
        this.service = requireNonNull(service, "service");
        this.caller = requireNonNull(caller, "caller");
        this.activity = requireNonNull(activity, "activity");
    }

    @Override
    public void mount(InternalRouter router) {
        router.handle("POST", "/grants", this::grant);
        router.handle("POST", "/revocations", this::revoke);
        router.handle("POST", "/grant-lookups", this::list);
    }

    private @Nullable Object grant(InternalCall call) {
        GrantStatement wanted = call.body(GrantStatement.class);
        if (isCheck(call)) {
            List<Grantee> unused = grantees(wanted);
            object(wanted.object())
                    .ifPresent(on -> service.requireGrantable(
                            on, GrantViews.privileges(wanted.privileges(), on), GrantViews.effect(wanted.effect())));
            return null;
        }
        return activity.of(call, "grant.grant", words(wanted), () -> {
            require(Permission.GRANT_EDIT);
            Securable on = object(wanted.object()).orElseThrow();
            service.grant(
                    grantees(wanted),
                    on,
                    GrantViews.privileges(wanted.privileges(), on),
                    GrantViews.effect(wanted.effect()));
            return null;
        });
    }

    private @Nullable Object revoke(InternalCall call) {
        GrantStatement wanted = call.body(GrantStatement.class);
        if (isCheck(call)) {
            List<Grantee> unused = grantees(wanted);
            object(wanted.object())
                    .ifPresent(on -> service.requireRevocable(on, GrantViews.privileges(wanted.privileges(), on)));
            return null;
        }
        return activity.of(call, "grant.revoke", words(wanted), () -> {
            require(Permission.GRANT_EDIT);
            Securable on = object(wanted.object()).orElseThrow();
            return new RevocationView(service.revoke(
                    grantees(wanted),
                    on,
                    GrantViews.privileges(wanted.privileges(), on),
                    GrantViews.effect(wanted.effect())));
        });
    }

    private List<GrantView> list(InternalCall call) {
        require(Permission.GRANT_READ);
        GrantQuestion question = call.body(GrantQuestion.class);
        Optional<Securable> on = object(question.object());
        Optional<Grantee> of = Optional.ofNullable(question.grantee()).map(this::grantee);
        List<GrantView> found =
                service.list(of.isEmpty() && on.isEmpty() ? Optional.of(self()) : of, on, 0, MOST + 1).stream()
                        .map(GrantViews::of)
                        .toList();
        if (found.size() > MOST) {
            call.notice(List.of("There are more; these are the first " + MOST + "."));
        }
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private Grantee self() {
        Principal principal = caller.principal();
        return new Grantee(Grantee.Kind.USER, principal.id(), principal.name().value());
    }

    private List<Grantee> grantees(GrantStatement wanted) {
        return wanted.grantees().stream().map(this::grantee).toList();
    }

    private Grantee grantee(GranteeView wanted) {
        return service.grantee(GrantViews.kind(wanted.kind()), AccessViews.known(wanted.name()));
    }

    private Optional<Securable> object(@Nullable ObjectPath wanted) {
        return Optional.ofNullable(wanted).map(on -> service.object(GrantViews.kind(on.kind()), on.path()));
    }

    private static boolean isCheck(InternalCall call) {
        return call.query("check").map(Boolean::parseBoolean).orElse(false);
    }

    /** A token that is limited to some calls is so in statements too. */
    private void require(Permission permission) {
        if (!caller.may(permission)) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED,
                    "This takes the permission " + permission + ", which the caller's token does not have.");
        }
    }

    /** Such as {@code DENY READ ON table kafka.main.orders: alice, group auditors}. */
    private static String words(GrantStatement wanted) {
        ObjectPath on = requireNonNull(wanted.object(), "object");
        return (wanted.effect() == GrantEffect.DENY ? "DENY " : "") + String.join(", ", wanted.privileges()) + " ON "
                + GrantViews.kind(on.kind()).word()
                + (on.path().isEmpty() ? "" : " " + String.join(".", on.path())) + ": "
                + wanted.grantees().stream()
                        .map(each -> (each.kind() == GranteeKind.GROUP ? "group " : "") + each.name())
                        .collect(Collectors.joining(", "));
    }
}
