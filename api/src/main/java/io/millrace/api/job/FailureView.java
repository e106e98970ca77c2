package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Why an attempt failed, or was restarted by Flink last.
 *
 * @param kind such as {@code CONFIGURATION}, {@code MISSING}, {@code OUT_OF_MEMORY}; it decides what follows
 * @param cause the first cause, in one sentence
 * @param remedy what people can do about it
 * @param at when Flink noticed
 * @param exception the whole exception; null in lists
 */
public record FailureView(
        String kind,
        String cause,
        String remedy,
        Instant at,
        @Nullable String exception) {}
