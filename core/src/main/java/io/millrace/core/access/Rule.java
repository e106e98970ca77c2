package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One grant as it counts for somebody.
 *
 * @param object the key of a {@link Securable}
 * @param above the keys of what the object is in
 */
public record Rule(String object, List<String> above, Privilege privilege, Effect effect) {
    public Rule {
        requireNonNull(object, "object");
        above = List.copyOf(above);
        requireNonNull(privilege, "privilege");
        requireNonNull(effect, "effect");
    }
}
