package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The content of a job, as its file says it.
 *
 * @param script Flink SQL: settings, temporary objects, then INSERT statements or one statement set
 * @param mode default {@code STREAMING}
 * @param target the cluster to run on; default {@code local}
 * @param parallelism 1 to 32,768; default 1
 * @param checkpoint time between checkpoints, ISO 8601 ({@code PT30S}); default 30 s for streaming jobs, none for batch
 * @param checkpointScheduler who times the checkpoints; default {@code FLINK}
 * @param settings further Flink options, each one allowed for jobs
 */
public record JobSpec(
        String script,
        @Nullable JobMode mode,
        @Nullable String target,
        @Nullable Integer parallelism,
        @Nullable String checkpoint,
        @Nullable CheckpointScheduler checkpointScheduler,
        @Nullable String description,
        @Nullable Map<String, String> settings) {
    /** With checkpoints as Flink times them. */
    public JobSpec(
            String script,
            @Nullable JobMode mode,
            @Nullable String target,
            @Nullable Integer parallelism,
            @Nullable String checkpoint,
            @Nullable String description,
            @Nullable Map<String, String> settings) {
        this(script, mode, target, parallelism, checkpoint, null, description, settings);
    }
}
