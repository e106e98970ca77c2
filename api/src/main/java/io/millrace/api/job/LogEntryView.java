package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An entry of a log: a line, and those that belong to it, such as a stack trace.
 *
 * @param id the same whenever it is asked for
 * @param process {@code jobmanager}, or the id of a TaskManager
 * @param attempt of which it is; null for what a process says of itself
 */
public record LogEntryView(
        String id,
        Instant at,
        LogLevel level,
        String process,
        @Nullable Integer attempt,
        String text) {}
