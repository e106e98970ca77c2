package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * A wish.
 *
 * @param desired RUNNING to start, STOPPED to stop
 * @param savepoint when stopping a streaming job: whether to take a savepoint first; default true
 * @param empty when starting: true to begin with empty state although there is a savepoint or checkpoint; default false
 */
public record JobPatch(
        DesiredState desired,
        @Nullable Boolean savepoint,
        @Nullable Boolean empty) {}
