package io.millrace.server.access;

import io.millrace.api.access.ActivityView;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.TokenView;
import io.millrace.api.access.UserKind;
import io.millrace.api.access.UserView;
import io.millrace.core.access.Activity;
import io.millrace.core.access.Credential;
import io.millrace.core.access.OidcIdentity;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalKind;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Between the wire and the domain. */
final class AccessViews {
    private static final int LONGEST_TEXT = 1000;

    private AccessViews() {}

    static UserView of(Principal user) {
        return new UserView(
                user.name().value(),
                UserKind.valueOf(user.kind().name()),
                user.comment(),
                user.admin(),
                user.disabled(),
                user.version(),
                user.createdBy(),
                user.createdAt(),
                user.identity().map(OidcIdentity::issuer).orElse(null),
                user.identity().map(OidcIdentity::subject).orElse(null));
    }

    static TokenView of(Credential token) {
        return new TokenView(
                token.id().toString(),
                token.name(),
                names(token.scope()),
                token.createdAt(),
                token.expiresAt().orElse(null),
                token.usedAt().orElse(null));
    }

    static ActivityView of(Activity activity) {
        return new ActivityView(
                activity.number(),
                activity.at(),
                activity.by(),
                activity.action(),
                activity.object(),
                activity.outcome(),
                activity.from(),
                activity.request());
    }

    static List<String> names(Collection<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::name).toList();
    }

    static Set<Permission> scope(@Nullable List<String> names) {
        Set<Permission> scope = EnumSet.noneOf(Permission.class);
        for (String name : names == null ? List.<String>of() : names) {
            try {
                scope.add(Permission.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new MillraceException(
                        ErrorCode.TOKEN_INVALID,
                        "There is no permission '" + name + "'.",
                        List.of(Flaw.at("/scope", "unknown", "One of: " + Arrays.toString(Permission.values()))));
            }
        }
        return scope;
    }

    static PrincipalKind kind(NewUser user) {
        return user.kind() == null
                ? PrincipalKind.USER
                : PrincipalKind.valueOf(user.kind().name());
    }

    static PrincipalName name(@Nullable String name) {
        return new PrincipalName(given(name, "/name"));
    }

    /** A name that cannot be one is that of nobody. */
    static PrincipalName known(String name) {
        try {
            return new PrincipalName(name);
        } catch (MillraceException e) {
            throw new MillraceException(ErrorCode.PRINCIPAL_NOT_FOUND, "There is no user '" + name + "'.", e);
        }
    }

    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "This call takes a body; see the API's description.");
        }
        return body;
    }

    static String given(@Nullable String text, String pointer) {
        if (text == null || text.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "The field " + pointer.substring(1) + " must be given.",
                    List.of(Flaw.at(pointer, "missing")));
        }
        return text;
    }

    /** A text for people; empty when there is none. */
    static String text(@Nullable String text, String pointer) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "The field " + pointer.substring(1) + " has at most " + LONGEST_TEXT + " characters.",
                    List.of(Flaw.at(pointer, "too long")));
        }
        return text == null ? "" : text;
    }
}
