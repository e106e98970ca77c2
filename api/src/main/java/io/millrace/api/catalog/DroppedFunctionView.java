package io.millrace.api.catalog;

import java.time.Instant;

/** A function that was dropped. */
public record DroppedFunctionView(
        String id, String name, String className, String author, Instant droppedAt, String summary) {}
