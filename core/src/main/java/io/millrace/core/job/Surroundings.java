package io.millrace.core.job;

import java.time.Instant;
import java.util.UUID;

/**
 * What a decision needs besides the job.
 *
 * @param tag marks the JobIDs of this control plane
 * @param savepoints the folder below which savepoints of this cluster go
 * @param fresh an id that was never used
 */
record Surroundings(Instant now, int tag, String savepoints, UUID fresh) {}
