package io.millrace.server.workspace;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Workspaces as things on which privileges are granted. */
final class WorkspaceSecurables implements Securables {
    private final WorkspaceService service;

    WorkspaceSecurables(WorkspaceService service) {
        this.service = service;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.WORKSPACE);
    }

    @Override
    public Optional<Securable> find(Kind kind, List<String> path) {
        return service.object(each -> path.equals(List.of(each.name().value())));
    }

    @Override
    public Securable named(Securable object) {
        return service.object(each -> each.id().toString().equals(object.id())).orElse(object);
    }
}
