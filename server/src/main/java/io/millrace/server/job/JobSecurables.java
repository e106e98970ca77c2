package io.millrace.server.job;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobStore;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs, and where they are, as things on which privileges are granted. */
final class JobSecurables implements Securables {
    private final JobStore store;

    JobSecurables(JobStore store) {
        this.store = store;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.WORKSPACE, Kind.JOB);
    }

    @Override
    public Optional<Securable> find(Kind kind, List<String> path) {
        if (kind == Kind.WORKSPACE) {
            return Optional.of(JobObjects.WORKSPACE).filter(workspace -> path.equals(List.of(workspace.name())));
        }
        try {
            return path.size() != 1
                    ? Optional.empty()
                    : store.find(new JobName(path.get(0))).map(found -> JobObjects.of(found.job()));
        } catch (MillraceException e) {
            return Optional.empty(); // what cannot be a name names nothing
        }
    }

    @Override
    public Securable named(Securable object) {
        return object.kind() == Kind.WORKSPACE
                ? object
                : store
                        .page(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 1)
                                .among(Set.of(JobId.fromString(object.id()))))
                        .stream()
                        .findFirst()
                        .map(found -> JobObjects.of(found.job()))
                        .orElse(object);
    }
}
