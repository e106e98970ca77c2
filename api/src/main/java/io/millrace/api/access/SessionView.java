package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Who the caller is.
 *
 * @param permissions what the caller may do
 * @param expiresAt until when what proved the caller is good; null when it does not expire
 */
public record SessionView(
        UserView user, List<String> permissions, @Nullable Instant expiresAt) {}
