package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.target.Contents;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.server.access.Guard;
import io.millrace.server.target.Target;
import io.millrace.server.workspace.WorkspaceService;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What lies below the folders of snapshots and belongs to no job that is there. Nothing of it goes by itself. */
final class OrphanService {
    private final AttemptStore attempts;
    private final SnapshotLedger ledger;
    private final List<Target> targets;
    private final Guard guard;
    private final WorkspaceService workspaces;
    private final Consumer<TargetName> wake;
    private final Clock clock;

    OrphanService(
            AttemptStore attempts,
            SnapshotLedger ledger,
            List<Target> targets,
            Guard guard,
            WorkspaceService workspaces,
            Consumer<TargetName> wake,
            Clock clock) {
        this.attempts = attempts;
        this.ledger = ledger;
        this.targets = List.copyOf(targets);
        this.guard = guard;
        this.workspaces = workspaces;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param entry what the ledger says of it; empty of files that the ledger does not know
     * @param workspace the name of the entry's workspace; empty when that is gone
     */
    record Orphan(
            TargetName target,
            String directory,
            Optional<Contents> contents,
            Optional<SnapshotEntry> entry,
            Optional<String> workspace) {}

    /** Those that the caller may see: of its workspaces and, if it may describe the server, files that nobody knows. */
    List<Orphan> list() {
        Map<WorkspaceId, String> names = new HashMap<>();
        workspaces.list().forEach(each -> names.put(each.ref().id(), each.name().value()));
        List<Orphan> found = new ArrayList<>();
        for (Target target : targets) {
            ledger.orphans(target.name()).stream()
                    .filter(entry -> guard.may(Privilege.DESCRIBE, workspace(entry)))
                    .map(entry -> new Orphan(
                            target.name(),
                            entry.directory(),
                            entry.contents(),
                            Optional.of(entry),
                            Optional.ofNullable(names.get(entry.of().workspace()))))
                    .forEach(found::add);
            if (guard.may(Privilege.DESCRIBE, Securable.SERVER)) {
                found.addAll(strays(target));
            }
        }
        return found;
    }

    private static Securable workspace(SnapshotEntry entry) {
        return entry.of().workspace().object("");
    }

    /** With its name, for people; who may drop below it sees it. */
    private Securable named(SnapshotEntry entry) {
        return workspaces.list().stream()
                .filter(each -> each.ref().id().equals(entry.of().workspace()))
                .findFirst()
                .map(each -> each.ref().object())
                .orElseGet(() -> workspace(entry));
    }

    private List<Orphan> strays(Target target) {
        Set<String> known = ledger.directories(target.name());
        List<Orphan> found = new ArrayList<>();
        for (String folder : target.cluster().folders()) {
            boolean entered = known.stream().anyMatch(each -> folder.equals(each) || folder.startsWith(each + "/"));
            if (!entered && !live(target, folder)) {
                target.cluster()
                        .contents(folder)
                        .filter(contents -> contents.files() > 0)
                        .ifPresent(contents -> found.add(new Orphan(
                                target.name(), folder, Optional.of(contents), Optional.empty(), Optional.empty())));
            }
        }
        return found;
    }

    /** Whether an attempt that runs writes there: its entry comes when it ends, or when its stop is noted. */
    private boolean live(Target target, String folder) {
        if (folder.startsWith(target.checkpoints() + "/")) {
            String name = folder.substring(target.checkpoints().length() + 1);
            return name.matches("[0-9a-f]{32}")
                    && !attempts.live(Set.of(new FlinkJobId(name))).isEmpty();
        }
        String[] parts = folder.substring(target.savepoints().length() + 1).split("/", -1);
        return parts.length > 2
                && SnapshotService.uuid(parts[0])
                        .flatMap(job -> attempts.load(new JobId(job)))
                        .flatMap(JobState::attempt)
                        .filter(Attempt::live)
                        .filter(attempt -> parts[1].equals(Integer.toString(attempt.number())))
                        .isPresent();
    }

    /** Records that one which the ledger knows is to be deleted, with its files. */
    void dispose(String id) {
        SnapshotEntry entry = SnapshotService.uuid(id)
                .flatMap(ledger::find)
                .filter(found -> guard.finds(workspace(found)))
                .filter(found -> attempts.load(found.of().job()).isEmpty())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SNAPSHOT_NOT_FOUND, "There is no orphaned snapshot '" + id + "'."));
        guard.require(Privilege.DROP, named(entry));
        if (!ledger.dispose(entry.id(), clock.instant())) {
            throw new MillraceException(
                    ErrorCode.SNAPSHOT_IN_USE,
                    "Snapshot '" + id + "' must stay: " + (entry.pinned() ? "it is pinned." : "a job imports it."));
        }
        wake.accept(entry.target());
    }
}
