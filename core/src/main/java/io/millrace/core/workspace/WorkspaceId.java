package io.millrace.core.workspace;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;

import java.util.UUID;

/** Names one workspace for ever; its name can be used again once it is deleted. */
public record WorkspaceId(UUID value) {
    /** Of the workspace that every installation has. */
    public static final WorkspaceId DEFAULT = new WorkspaceId(new UUID(0, 1));

    public WorkspaceId {
        requireNonNull(value, "value");
    }

    public static WorkspaceId create() {
        return new WorkspaceId(UUID.randomUUID());
    }

    /** As something on which privileges are granted. */
    public Securable object(String name) {
        return Securable.top(Securable.Kind.WORKSPACE, value.toString(), name);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
