package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That somebody has a role in a workspace.
 *
 * @param by the name of who gave it
 */
public record Member(Grantee who, Role role, String by, Instant at) {
    public Member {
        requireNonNull(who, "who");
        requireNonNull(role, "role");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
    }
}
