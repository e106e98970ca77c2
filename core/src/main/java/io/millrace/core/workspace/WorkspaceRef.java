package io.millrace.core.workspace;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;

/** A workspace as what is in it knows it. */
public record WorkspaceRef(WorkspaceId id, WorkspaceName name) {
    /** The workspace that every installation has. */
    public static final WorkspaceRef DEFAULT = new WorkspaceRef(WorkspaceId.DEFAULT, WorkspaceName.DEFAULT);

    public WorkspaceRef {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }

    /** As something on which privileges are granted. */
    public Securable object() {
        return id.object(name.value());
    }
}
