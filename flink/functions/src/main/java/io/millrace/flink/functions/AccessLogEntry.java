package io.millrace.flink.functions;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One readable line of a Combined Log Format file. What the line gives as {@code -} is null, but for the number of
 * bytes, where the format means none.
 *
 * @param path the target up to its first question mark, as written
 * @param query what follows that question mark; null when there is none
 */
record AccessLogEntry(
        Instant time,
        String client,
        @Nullable String user,
        String method,
        String path,
        @Nullable String query,
        String protocol,
        int status,
        long bytes,
        @Nullable String referrer,
        @Nullable String userAgent) {}
