package io.millrace.core.job;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;

/** Jobs as things on which privileges are granted. */
public final class JobObjects {
    /** Where all jobs are. */
    public static final Securable WORKSPACE = Securable.top(Kind.WORKSPACE, "default", "default");

    private JobObjects() {}

    public static Securable of(Job job) {
        return of(job.id(), job.name().value());
    }

    public static Securable of(JobId id, String name) {
        return WORKSPACE.child(Kind.JOB, id.value().toString(), name);
    }
}
