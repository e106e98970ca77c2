package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * A connection as it is shown.
 *
 * @param sqlName the catalog or database that it is in SQL
 * @param managed whether the server's settings define it, so that it cannot be changed here
 * @param secrets which secrets it has, never their values
 * @param version grows with each change; the ETag
 * @param changedBy who made this version
 */
public record ConnectionView(
        String name,
        String kind,
        String sqlName,
        boolean managed,
        Map<String, Object> fields,
        Map<String, SecretView> secrets,
        String comment,
        long version,
        String changedBy,
        @Nullable Instant createdAt,
        @Nullable Instant changedAt) {}
