package io.millrace.core.job;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.workspace.WorkspaceId;

/** Jobs as things on which privileges are granted. */
public final class JobObjects {
    private JobObjects() {}

    public static Securable of(Job job) {
        return of(job.workspace().id(), job.id(), job.fullName());
    }

    public static Securable of(WorkspaceId workspace, JobId id, String fullName) {
        return workspace.object("").child(Kind.JOB, id.toString(), fullName);
    }
}
