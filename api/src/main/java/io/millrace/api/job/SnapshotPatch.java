package io.millrace.api.job;

/**
 * What shall change.
 *
 * @param pinned whether it is kept whatever people and the policy say
 */
public record SnapshotPatch(Boolean pinned) {}
