package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The content that a job is to have, as {@link JobSpec}, and what its author says of it.
 *
 * @param message kept with the version that is made; no part of the content
 */
public record JobWrite(
        String script,
        @Nullable JobMode mode,
        @Nullable String target,
        @Nullable Integer parallelism,
        @Nullable String checkpoint,
        @Nullable CheckpointScheduler checkpointScheduler,
        @Nullable String description,
        @Nullable Map<String, String> settings,
        @Nullable String message) {
    public static JobWrite of(JobSpec spec, @Nullable String message) {
        return new JobWrite(
                spec.script(),
                spec.mode(),
                spec.target(),
                spec.parallelism(),
                spec.checkpoint(),
                spec.checkpointScheduler(),
                spec.description(),
                spec.settings(),
                message);
    }

    public JobSpec spec() {
        return new JobSpec(script, mode, target, parallelism, checkpoint, checkpointScheduler, description, settings);
    }
}
