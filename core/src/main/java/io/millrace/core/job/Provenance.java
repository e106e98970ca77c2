package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.workspace.WorkspaceId;

/**
 * What a snapshot was taken of. The job may be gone.
 *
 * @param name the job's name
 * @param version what ran; of an import the version that was the newest then
 * @param attempt which execution; 0 of an import
 */
public record Provenance(WorkspaceId workspace, JobId job, JobName name, long version, int attempt) {
    public Provenance {
        requireNonNull(workspace, "workspace");
        requireNonNull(job, "job");
        requireNonNull(name, "name");
    }

    static Provenance of(Job job, Attempt attempt) {
        return new Provenance(job.workspace().id(), job.id(), job.name(), attempt.version(), attempt.number());
    }
}
