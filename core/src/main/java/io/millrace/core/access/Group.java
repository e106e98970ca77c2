package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * Users and service accounts that are granted things together.
 *
 * @param comment whatever people want to know about it; may be empty
 * @param createdBy the name of who made it
 */
public record Group(UUID id, PrincipalName name, String comment, String createdBy, Instant createdAt) {
    /** Everybody is in it. */
    public static final UUID EVERYONE = new UUID(0, 1);

    public Group {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(comment, "comment");
        requireNonNull(createdBy, "createdBy");
        requireNonNull(createdAt, "createdAt");
    }
}
