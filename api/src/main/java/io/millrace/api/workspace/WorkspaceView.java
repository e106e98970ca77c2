package io.millrace.api.workspace;

import java.time.Instant;

/**
 * A team's space for jobs.
 *
 * @param version counts changes, from 1; the ETag
 */
public record WorkspaceView(String name, String comment, long version, String createdBy, Instant createdAt) {}
