package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * A token to be made.
 *
 * @param name what it is for
 * @param scope the permissions to which it is limited; empty or left out means all that its owner has
 * @param lifetime ISO 8601, up to ten years; left out means until it is revoked
 */
public record NewToken(
        @Nullable String name,
        @Nullable List<String> scope,
        @Nullable Duration lifetime) {}
