package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How a job's checkpoints are timed, and those of its live attempt.
 *
 * @param scheduler who times them
 * @param running whether the scheduler begins checkpoints; always true of Flink's
 * @param interval time between them, ISO 8601
 * @param minPause the least time from the end of one to the beginning of the next, ISO 8601; null when Flink times them
 * @param safetyNet after how long without a checkpoint Flink makes one itself; null when Flink times them anyway
 * @param changedBy who changed the timing last, null when nobody did
 * @param completed how many the live attempt has completed; savepoints count
 * @param checkpoints the latest of the live attempt, newest first
 */
public record CheckpointsView(
        CheckpointScheduler scheduler,
        boolean running,
        String interval,
        @Nullable String minPause,
        @Nullable String safetyNet,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        long completed,
        long failed,
        List<CheckpointView> checkpoints) {
    public CheckpointsView {
        checkpoints = List.copyOf(checkpoints);
    }
}
