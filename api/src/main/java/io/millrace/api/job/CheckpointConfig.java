package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * How the server times a job's checkpoints.
 *
 * @param interval time between checkpoints, ISO 8601, 5 s to 1 day; null for what the job's version says
 * @param minPause the least time from the end of one to the beginning of the next, ISO 8601; default none
 */
public record CheckpointConfig(
        @Nullable String interval, @Nullable String minPause) {}
