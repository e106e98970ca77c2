package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.workspace.WorkspaceName;

/** The name of a job with that of its workspace: {@code payments.settle}. */
public record JobPath(WorkspaceName workspace, JobName name) {
    public JobPath {
        requireNonNull(workspace, "workspace");
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return workspace + "." + name;
    }
}
