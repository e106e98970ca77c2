package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a checkpoint now.
 *
 * @param kind default {@code CONFIGURED}
 */
public record NewCheckpoint(@Nullable CheckpointKind kind) {}
