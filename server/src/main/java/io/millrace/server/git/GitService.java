package io.millrace.server.git;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitBinding;
import io.millrace.core.git.GitSource;
import io.millrace.core.git.Pull;
import io.millrace.core.job.Author;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.server.access.Guard;
import io.millrace.server.secret.SecretBox;
import io.millrace.server.workspace.WorkspaceService;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Use cases on the Git bindings of workspaces, for the caller at hand. */
final class GitService {
    private final SqlGitStore store;
    private final SqlPullStore pulls;
    private final GitPulls puller;
    private final Callers callers;
    private final SecretBox secrets;
    private final Clock clock;

    GitService(
            SqlGitStore store, SqlPullStore pulls, GitPulls puller, Callers callers, SecretBox secrets, Clock clock) {
        this.store = store;
        this.pulls = pulls;
        this.puller = puller;
        this.callers = callers;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Who asks: what they may do, which workspaces they see, and who they are. */
    record Callers(Guard guard, WorkspaceService workspaces, Supplier<Author> author) {}

    /** A binding, the jobs that are its own, and its last pull. */
    record Shown(GitBinding binding, List<SqlGitStore.Bound> jobs, Optional<Pull> lastPull) {}

    Shown get(WorkspaceName name) {
        return shown(binding(workspace(name, Privilege.DESCRIBE)));
    }

    /**
     * Sets what the workspace's jobs come from, after a look at the repository. From then on pulls act as the caller.
     *
     * @param given secrets that are new; those not given stay while the repository and how it is reached are the same
     */
    Shown put(
            WorkspaceName name,
            GitSource source,
            Map<String, SecretInput> given,
            LongConsumer expected,
            boolean dryRun) {
        WorkspaceRef workspace = workspace(name, Privilege.ALTER);
        Optional<GitBinding> current = store.find(workspace.id());
        expected.accept(current.map(GitBinding::version).orElse(0L));
        UUID id = current.map(GitBinding::id).orElseGet(UUID::randomUUID);
        var next = new GitBinding(
                id,
                workspace,
                source,
                secrets(id, source, given, current),
                callers.author().get(),
                current.map(GitBinding::version).orElse(0L) + 1,
                clock.instant(),
                "");
        if (next.usesTheHost()) {
            callers.guard().require(Privilege.CREATE, Securable.SERVER);
        }
        puller.check(next);
        if (!dryRun && !store.put(next)) {
            throw stale(name);
        }
        return dryRun ? new Shown(next, List.of(), Optional.empty()) : shown(next);
    }

    /** The jobs stay as they are. */
    void delete(WorkspaceName name, LongConsumer expected) {
        GitBinding current = binding(workspace(name, Privilege.ALTER));
        expected.accept(current.version());
        if (!store.delete(current)) {
            throw stale(name);
        }
    }

    /** Makes a pull; answers when it has ended or takes long. */
    Pull pull(WorkspaceName name, boolean dryRun, boolean takeOver) {
        GitBinding binding = binding(workspace(name, Privilege.ALTER));
        long number = puller.ask(
                binding, new GitPulls.Ask(Optional.of(callers.author().get().name()), dryRun, takeOver));
        return pull(name, number);
    }

    Pull pull(WorkspaceName name, long number) {
        return seen(name, number + 1, 1).stream()
                .filter(found -> found.number() == number)
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.NOT_FOUND, "Workspace '" + name + "' has no pull " + number + "."));
    }

    /** The newest first, without what dry runs would change. */
    List<Pull> pulls(WorkspaceName name, long before, int limit) {
        return seen(name, before, limit).stream().map(Pull::withoutDiffs).toList();
    }

    /** What dry runs would change is shown to those who may change it. */
    private List<Pull> seen(WorkspaceName name, long before, int limit) {
        WorkspaceRef workspace = workspace(name, Privilege.DESCRIBE);
        List<Pull> found = pulls.list(workspace.id(), before, limit);
        return callers.guard().may(Privilege.ALTER, workspace.object())
                ? found
                : found.stream().map(Pull::withoutDiffs).toList();
    }

    /** Seals all secrets with the current master key; answers how many were not. */
    int reseal() {
        int moved = 0;
        for (GitBinding each : store.all()) {
            Optional<Map<String, StoredSecret>> next = secrets.reseal(each.id(), each.secrets());
            if (next.isPresent() && store.reseal(each, next.get())) {
                moved += next.get().size();
            }
        }
        return moved;
    }

    private Shown shown(GitBinding binding) {
        return new Shown(
                binding,
                store.jobs(binding.workspace().id()),
                seen(binding.workspace().name(), Long.MAX_VALUE, 1).stream().findFirst());
    }

    private Map<String, StoredSecret> secrets(
            UUID id, GitSource source, Map<String, SecretInput> given, Optional<GitBinding> current) {
        Map<String, StoredSecret> all = new HashMap<>();
        current.filter(before -> before.source().sendsSecretsAs(source))
                .ifPresent(before -> all.putAll(before.secrets()));
        given.forEach((field, secret) -> all.put(field, secrets.seal(id, field, secret)));
        if (source.secrets().contains(GitSource.KEY) && !all.containsKey(GitSource.KEY)) {
            String why = current.isEmpty()
                    ? "SSH needs a private key."
                    : "The private key must be given again, because it would be used elsewhere.";
            throw new MillraceException(ErrorCode.GIT_INVALID, why, List.of(Flaw.at("/secrets/" + GitSource.KEY, why)));
        }
        return all;
    }

    private WorkspaceRef workspace(WorkspaceName name, Privilege privilege) {
        WorkspaceRef workspace = callers.workspaces().get(name).ref();
        callers.guard().require(privilege, workspace.object());
        return workspace;
    }

    private GitBinding binding(WorkspaceRef workspace) {
        return store.find(workspace.id())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.GIT_NOT_BOUND,
                        "The jobs of workspace '" + workspace.name() + "' do not come from Git;"
                                + " `millrace workspace git set` says where they are to come from."));
    }

    private static MillraceException stale(WorkspaceName name) {
        return new MillraceException(
                ErrorCode.STALE_VERSION, "The Git binding of '" + name + "' changed meanwhile; read it again.");
    }
}
