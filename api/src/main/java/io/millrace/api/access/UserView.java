package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A user or a service account as it is shown.
 *
 * @param admin whether it may do everything
 * @param disabled whether everything that proves it is refused
 * @param version grows with each change; the ETag
 * @param oidcIssuer the OpenID provider that signs the user in; null when none does
 * @param oidcSubject who the user is there
 */
public record UserView(
        String name,
        UserKind kind,
        String comment,
        boolean admin,
        boolean disabled,
        long version,
        String createdBy,
        Instant createdAt,
        @Nullable String oidcIssuer,
        @Nullable String oidcSubject) {}
