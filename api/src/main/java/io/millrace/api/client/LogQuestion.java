package io.millrace.api.client;

import io.millrace.api.job.LogLevel;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is asked of the kept logs of a job; null for everything.
 *
 * @param attempt of one execution
 * @param text what entries contain, in any case
 * @param level this or a more serious one
 * @param process {@code jobmanager}, or the id of a TaskManager
 */
public record LogQuestion(
        @Nullable Integer attempt,
        @Nullable String text,
        @Nullable LogLevel level,
        @Nullable String process,
        @Nullable Instant from) {}
