package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That somebody has, or is denied, a privilege on an object.
 *
 * @param by the name of who granted it
 */
public record Grant(Grantee to, Securable on, Privilege privilege, Effect effect, String by, Instant at) {
    public Grant {
        requireNonNull(to, "to");
        requireNonNull(on, "on");
        requireNonNull(privilege, "privilege");
        requireNonNull(effect, "effect");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
    }
}
