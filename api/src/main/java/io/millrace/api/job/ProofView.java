package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Whether a version can go on from a snapshot.
 *
 * @param version what is to go on
 * @param from the version that wrote the snapshot; null when nobody knows
 * @param verdict null before there is one
 * @param outcome why the verdict is what it is; empty before
 * @param snapshot where the snapshot is; null while it is being taken
 * @param operators how many operators take their state over, as far as a comparison tells; null when it does not
 * @param flinkJobId what the cluster knows it by; null before it is sent
 */
public record ProofView(
        String id,
        String workspace,
        String job,
        long version,
        @Nullable Long from,
        ProofPhase phase,
        @Nullable ProofVerdict verdict,
        String outcome,
        @Nullable String snapshot,
        @Nullable Integer operators,
        @Nullable String flinkJobId,
        String author,
        Instant createdAt,
        Instant changedAt) {}
