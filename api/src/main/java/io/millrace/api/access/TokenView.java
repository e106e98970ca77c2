package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A token as it is shown: never itself.
 *
 * @param scope the permissions to which it is limited; empty means all that its owner has
 * @param expiresAt null when it lives until it is revoked
 * @param usedAt when it was last seen, to within a minute; null when never
 */
public record TokenView(
        String id,
        String name,
        List<String> scope,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant usedAt) {}
