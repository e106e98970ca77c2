package io.millrace.api.gateway;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A job of which is to be seen whether it can go on from a snapshot. It restores the snapshot, writes and saves
 * nothing, and has to be cancelled.
 *
 * @param job with the snapshot as its restore path
 * @param earlier what wrote the snapshot; null when all of the snapshot has to find its operator
 * @param dropped ids of operators of the earlier job whose state may be let go
 */
public record NewProof(NewSubmission job, @Nullable NewStatePlan earlier, List<String> dropped) {}
