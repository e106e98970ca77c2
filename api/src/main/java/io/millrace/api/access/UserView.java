package io.millrace.api.access;

import java.time.Instant;

/**
 * A user or a service account as it is shown.
 *
 * @param admin whether it may do everything
 * @param disabled whether everything that proves it is refused
 * @param version grows with each change; the ETag
 */
public record UserView(
        String name,
        UserKind kind,
        String comment,
        boolean admin,
        boolean disabled,
        long version,
        String createdBy,
        Instant createdAt) {}
