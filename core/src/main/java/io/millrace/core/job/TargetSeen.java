package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.TargetName;

import java.time.Instant;
import java.util.Optional;

/**
 * What the last look at a cluster said.
 *
 * @param seenAt when it last answered; empty when it never did
 * @param unknownSince since when it has not answered
 */
public record TargetSeen(
        TargetName target,
        String flinkVersion,
        int slotsTotal,
        int slotsFree,
        Optional<Instant> seenAt,
        Optional<Instant> unknownSince) {
    public TargetSeen {
        requireNonNull(target, "target");
        requireNonNull(flinkVersion, "flinkVersion");
        requireNonNull(seenAt, "seenAt");
        requireNonNull(unknownSince, "unknownSince");
    }
}
