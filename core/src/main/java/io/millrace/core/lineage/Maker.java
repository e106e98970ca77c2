package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

import io.millrace.core.workspace.WorkspaceId;

import java.util.Optional;

/**
 * Who makes a flow: one version of a job, or a view.
 *
 * @param id the job's or the view's
 * @param name the full name of the job or the view
 * @param workspace of the job; empty for a view
 */
public record Maker(Kind kind, String id, String name, long version, Optional<WorkspaceId> workspace) {
    public Maker {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        if (workspace.isPresent() != (kind == Kind.JOB)) {
            throw new IllegalArgumentException(kind + " '" + name + "' in workspace " + workspace);
        }
    }

    public static Maker job(WorkspaceId workspace, String id, String name, long version) {
        return new Maker(Kind.JOB, id, name, version, Optional.of(workspace));
    }

    public static Maker view(String id, String name, long version) {
        return new Maker(Kind.VIEW, id, name, version, Optional.empty());
    }

    /** What makes flows. */
    public enum Kind {
        JOB,
        VIEW
    }
}
