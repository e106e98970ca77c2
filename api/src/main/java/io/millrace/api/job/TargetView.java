package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A cluster on which jobs run.
 *
 * @param unknownSince since when it has not answered; null while it does
 */
public record TargetView(
        String name,
        String kind,
        @Nullable String flinkVersion,
        @Nullable Integer slotsTotal,
        @Nullable Integer slotsFree,
        @Nullable Instant seenAt,
        @Nullable Instant unknownSince) {}
