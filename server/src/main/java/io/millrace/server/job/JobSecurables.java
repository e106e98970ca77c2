package io.millrace.server.job;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobBin;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobStore;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.server.workspace.WorkspaceService;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs as things on which privileges are granted. */
final class JobSecurables implements Securables {
    private final JobStore store;
    private final JobBin bin;
    private final WorkspaceService workspaces;

    JobSecurables(JobStore store, JobBin bin, WorkspaceService workspaces) {
        this.store = store;
        this.bin = bin;
        this.workspaces = workspaces;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.JOB);
    }

    @Override
    public Optional<Securable> find(Kind kind, List<String> path) {
        if (path.size() != 2) {
            return Optional.empty();
        }
        try {
            WorkspaceId workspace =
                    workspaces.get(new WorkspaceName(path.get(0))).ref().id();
            return store.find(workspace, new JobName(path.get(1))).map(found -> JobObjects.of(found.job()));
        } catch (MillraceException e) {
            return Optional.empty(); // what cannot be a name names nothing, and nothing is in what cannot be seen
        }
    }

    /** What is granted on a job is kept while that is in the bin. */
    @Override
    public Securable named(Securable object) {
        JobId id = JobId.fromString(object.id());
        return store
                .page(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 1)
                        .in(Set.of(), Set.of(), Set.of(id)))
                .stream()
                .findFirst()
                .or(() -> bin.find(id))
                .map(found -> JobObjects.of(found.job()))
                .orElse(object);
    }
}
