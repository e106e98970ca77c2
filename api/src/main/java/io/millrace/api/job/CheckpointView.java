package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A checkpoint as Flink remembers it.
 *
 * @param id its number in the attempt
 * @param kind such as {@code CHECKPOINT}, {@code SAVEPOINT} or {@code SYNC_SAVEPOINT}
 * @param millis from its beginning to the last task's word
 * @param bytes what it wrote
 * @param stateBytes all state that it stands for
 * @param path null unless it is completed
 * @param failure null unless it failed
 */
public record CheckpointView(
        long id,
        CheckpointProgress progress,
        String kind,
        Instant begunAt,
        long millis,
        long bytes,
        long stateBytes,
        @Nullable String path,
        @Nullable String failure) {}
