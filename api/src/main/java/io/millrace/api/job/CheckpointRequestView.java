package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that was asked for.
 *
 * @param id names the request, 32 hexadecimal digits
 * @param checkpoint the checkpoint's number in its attempt; null until it is completed
 * @param failure why it failed; null unless it did
 */
public record CheckpointRequestView(
        String id,
        CheckpointProgress progress,
        @Nullable Long checkpoint,
        @Nullable String failure) {}
