package io.millrace.server.workspace;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.server.access.Guard;
import io.millrace.server.access.MemberService;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Use cases on workspaces, for the caller at hand: what it may not see is not there. */
public final class WorkspaceService {
    private final SqlWorkspaceStore store;
    private final MemberService members;
    private final Guard guard;
    private final Clock clock;

    WorkspaceService(SqlWorkspaceStore store, MemberService members, Guard guard, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.members = requireNonNull(members, "members");
        this.guard = requireNonNull(guard, "guard");
        this.clock = requireNonNull(clock, "clock");
    }

    /** A name that cannot be one is that of no workspace. */
    public static WorkspaceName known(String name) {
        try {
            return new WorkspaceName(name);
        } catch (MillraceException e) {
            throw new MillraceException(ErrorCode.WORKSPACE_NOT_FOUND, "There is no workspace '" + name + "'.", e);
        }
    }

    /** Those that the caller may see, by name. */
    public List<Workspace> list() {
        return store.list().stream().filter(this::isVisible).toList();
    }

    public Workspace get(WorkspaceName name) {
        return store.find(name)
                .filter(found -> guard.finds(found.ref().object()))
                .orElseThrow(() -> missing(name));
    }

    private boolean isVisible(Workspace workspace) {
        return guard.rights().sees(workspace.ref().object());
    }

    private MillraceException missing(WorkspaceName name) {
        List<String> known = list().stream().map(each -> each.name().value()).toList();
        String hint = Nearest.to(name.value(), known)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? " There is none that you may see; an owner of one can add you to it." : "");
        return new MillraceException(ErrorCode.WORKSPACE_NOT_FOUND, "There is no workspace '" + name + "'." + hint);
    }

    /** Whoever makes it is its owner. The name of one that the caller may not see is taken all the same. */
    Workspace create(WorkspaceName name, String comment, String by) {
        guard.require(Privilege.CREATE, Securable.SERVER);
        var made = new Workspace(new WorkspaceRef(WorkspaceId.create(), name), comment, 1, by, clock.instant());
        if (!store.insert(made)) {
            throw new MillraceException(
                    ErrorCode.WORKSPACE_EXISTS,
                    "There is a workspace '" + name + "' already; take another name.",
                    List.of(Flaw.at("/name", "is taken")));
        }
        members.own(made.ref().object());
        return made;
    }

    /** {@code expected} fails when the version is not the one that the caller read. */
    Workspace change(WorkspaceName name, Optional<String> comment, LongConsumer expected) {
        Workspace current = changeable(name, Privilege.ALTER, expected);
        Workspace next = new Workspace(
                current.ref(),
                comment.orElse(current.comment()),
                current.version() + 1,
                current.createdBy(),
                current.createdAt());
        if (!store.update(next)) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION, "The workspace '" + name + "' changed meanwhile; read it again.");
        }
        return next;
    }

    void delete(WorkspaceName name, LongConsumer expected) {
        Workspace current = changeable(name, Privilege.DROP, expected);
        if (current.ref().equals(WorkspaceRef.DEFAULT)) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "Every installation has the workspace '" + name + "'; it stays.");
        }
        if (!store.delete(current.ref().id())) {
            throw new MillraceException(
                    ErrorCode.WORKSPACE_NOT_EMPTY,
                    "There are jobs in workspace '" + name + "', or in its bin. Delete and purge them first: `millrace"
                            + " job list -w " + name + "`, and the same with --deleted.");
        }
    }

    private Workspace changeable(WorkspaceName name, Privilege privilege, LongConsumer expected) {
        Workspace current = get(name);
        guard.require(privilege, current.ref().object());
        expected.accept(current.version());
        return current;
    }

    /** As something on which privileges are granted, whoever asks. */
    Optional<Securable> object(Predicate<WorkspaceRef> wanted) {
        return store.list().stream()
                .map(Workspace::ref)
                .filter(wanted)
                .findFirst()
                .map(WorkspaceRef::object);
    }
}
