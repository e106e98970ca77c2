package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** To whom something is granted. */
public record Grantee(Kind kind, UUID id, String name) {
    public Grantee {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }

    /** As in a sentence. */
    @Override
    public String toString() {
        return kind == Kind.GROUP ? "group '" + name + "'" : "'" + name + "'";
    }

    /** Users and groups have ids of one space. */
    public enum Kind {
        /** A person or a service account. */
        USER,
        GROUP
    }
}
