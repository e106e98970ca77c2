package io.millrace.server.access;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.GroupView;
import io.millrace.api.access.ObjectKind;
import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Group;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Grants and groups between the wire and the domain. */
final class GrantViews {
    private static final String ALL = "ALL";

    private GrantViews() {}

    static GrantView of(Grant grant) {
        return new GrantView(
                new GranteeView(
                        GranteeKind.valueOf(grant.to().kind().name()),
                        grant.to().name()),
                ObjectKind.valueOf(grant.on().kind().name()),
                grant.on().name(),
                grant.privilege().name(),
                GrantEffect.valueOf(grant.effect().name()),
                grant.by(),
                grant.at());
    }

    static GroupView of(Group group) {
        return new GroupView(group.name().value(), group.comment(), group.createdBy(), group.createdAt());
    }

    static Grantee.Kind kind(GranteeKind kind) {
        return Grantee.Kind.valueOf(kind.name());
    }

    static Securable.Kind kind(ObjectKind kind) {
        return Securable.Kind.valueOf(kind.name());
    }

    static Effect effect(@Nullable GrantEffect wanted) {
        return wanted == GrantEffect.DENY ? Effect.DENY : Effect.ALLOW;
    }

    static Set<Privilege> privileges(List<String> names, Securable on) {
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        for (String name : names) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.equals(ALL)) {
                privileges.addAll(on.kind().privileges());
                continue;
            }
            try {
                privileges.add(Privilege.valueOf(upper));
            } catch (IllegalArgumentException e) {
                String hint = "One of: " + Arrays.toString(Privilege.values()) + ", or ALL.";
                throw new MillraceException(
                        ErrorCode.GRANT_INVALID,
                        "There is no privilege '" + name + "'. " + hint,
                        List.of(Flaw.at("/privileges", "unknown", hint)));
            }
        }
        return privileges;
    }
}
