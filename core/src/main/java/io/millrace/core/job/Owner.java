package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Grantee;
import io.millrace.core.access.PrincipalName;

/**
 * Who answers for a job: a name to turn to, which gives no rights. Written {@code alice}, or {@code group:ops}.
 *
 * @param kind a user or service account, or a group
 */
public record Owner(Grantee.Kind kind, PrincipalName name) {
    private static final String GROUP = "group:";

    public Owner {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
    }

    /** Reads what {@link #toString} writes. */
    public static Owner fromString(String text) {
        return text.startsWith(GROUP)
                ? new Owner(Grantee.Kind.GROUP, new PrincipalName(text.substring(GROUP.length())))
                : new Owner(Grantee.Kind.USER, new PrincipalName(text));
    }

    @Override
    public String toString() {
        return (kind == Grantee.Kind.GROUP ? GROUP : "") + name;
    }
}
