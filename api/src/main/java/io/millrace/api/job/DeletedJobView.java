package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A job that is in the bin.
 *
 * @param id by which it can be restored or purged; several can have had one name
 * @param version its newest version
 * @param purgedAt when it is forgotten by itself
 */
public record DeletedJobView(
        String id,
        String workspace,
        String name,
        long version,
        @Nullable String description,
        Instant deletedAt,
        String deletedBy,
        Instant purgedAt) {}
