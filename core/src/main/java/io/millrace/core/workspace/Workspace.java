package io.millrace.core.workspace;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A team's space: jobs, and who may do what with them.
 *
 * @param comment whatever people want to know about it; may be empty
 * @param version counts changes, from 1
 * @param createdBy the name of who made it
 */
public record Workspace(WorkspaceRef ref, String comment, long version, String createdBy, Instant createdAt) {
    public Workspace {
        requireNonNull(ref, "ref");
        requireNonNull(comment, "comment");
        requireNonNull(createdBy, "createdBy");
        requireNonNull(createdAt, "createdAt");
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
    }

    public WorkspaceName name() {
        return ref.name();
    }
}
